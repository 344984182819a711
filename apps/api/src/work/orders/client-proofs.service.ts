import { Injectable } from '@nestjs/common';
import { ASSERTION_PROTOCOL, LEASE_PROTOCOL } from '@mailpath/protocol';
import { loginOrigin } from '../../estate/sites/login-origin.ts';
import type { Site } from '../../estate/sites/site.ts';
import { ClientCertificatesService } from '../../trust/secrets/client-certificates.service.ts';
import { ClientSecretsService } from '../../trust/secrets/client-secrets.service.ts';
import type { ClientProof } from './lease-of.ts';

/** By what the application of a site proves itself: its certificate where there is one, or else its secret. */
@Injectable()
export class ClientProofs {
  constructor(
    private readonly secrets: ClientSecretsService,
    private readonly certificates: ClientCertificatesService,
  ) {}

  /** Throws a conflict where what is set cannot be opened. */
  async of(site: Site, expiresAt: Date): Promise<ClientProof> {
    const { id, tenant, clientId } = site;
    const audience = `${loginOrigin(site)}/${tenant}/oauth2/v2.0/token`;
    const clientAssertion =
      clientId === null ? null : await this.certificates.assertion(id, { clientId, audience, expiresAt });
    const clientSecret = clientAssertion === null ? await this.secrets.open(id) : null;
    return { clientSecret, clientAssertion };
  }

  /** The protocol in which it is lent, at the least. */
  async protocol(siteId: string): Promise<number> {
    return (await this.certificates.known(siteId)) ? ASSERTION_PROTOCOL : LEASE_PROTOCOL;
  }

  /** Whether there is one of the two, and it can be opened; throws a conflict where it cannot. */
  async areThere(siteId: string): Promise<boolean> {
    return (await this.certificates.isThere(siteId)) || (await this.secrets.open(siteId)) !== null;
  }
}
