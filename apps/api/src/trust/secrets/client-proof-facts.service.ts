import { Injectable } from '@nestjs/common';
import type { ClientProof } from '@mailpath/diagnosis';
import { ClientCertificatesService } from './client-certificates.service.ts';
import { ClientSecretsService } from './client-secrets.service.ts';

/** What a site's Entra application proves itself by, and until when: what is lent is decided in the same order. */
@Injectable()
export class ClientProofFacts {
  constructor(
    private readonly certificates: ClientCertificatesService,
    private readonly secrets: ClientSecretsService,
  ) {}

  /** A certificate goes before a secret; null where neither is set. */
  async of(siteId: string): Promise<ClientProof | null> {
    const certificate = await this.certificates.known(siteId);
    if (certificate) return { kind: 'certificate', expiresAt: certificate.expiresAt };
    const secret = await this.secrets.known(siteId);
    return secret && { kind: 'secret', expiresOn: secret.expiresOn };
  }
}
