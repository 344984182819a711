import { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { HoldsService } from '../holds/holds.service.ts';
import { type AssertionFor, clientAssertion } from './client-assertion.ts';
import { ClientCertificateEntity } from './client-certificate.entity.ts';
import {
  type ClientCertificateFacts,
  type ClientCertificateSetting,
  usableCertificate,
} from './client-certificate.ts';
import { CLIENT_SECRET_LOCKED } from './client-secrets.service.ts';
import { Sealer } from './sealer.ts';

const placeOf = (siteId: string) => ({ purpose: 'client-certificate', siteId, key: '' });

/** The certificate with which the site's Entra application says who it is: its key sealed, and lent to nobody. */
@Injectable()
export class ClientCertificatesService {
  constructor(
    @InjectRepository(ClientCertificateEntity) private readonly rows: Repository<ClientCertificateEntity>,
    private readonly sites: SitesService,
    private readonly sealer: Sealer,
    private readonly holds: HoldsService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws not-found, and validation for what cannot sign for a client. */
  async set(siteId: string, setting: ClientCertificateSetting): Promise<ClientCertificateFacts> {
    await this.sites.get(siteId);
    const certificate = usableCertificate(setting, this.clock.now()).toString();
    const sealed = this.sealer.seal(setting.privateKey, placeOf(siteId));
    await this.sites.noteSecrets(siteId);
    const row = { siteId, certificate, sealed, setAt: this.clock.now() };
    await this.rows.upsert(row, ['siteId']);
    await this.holds.releaseAll(siteId);
    void this.events.tell(SITE_CHANGED, siteId);
    return toFacts(row);
  }

  /** Throws not-found. */
  async facts(siteId: string): Promise<ClientCertificateFacts> {
    await this.sites.get(siteId);
    const facts = await this.known(siteId);
    if (!facts) throw notSet();
    return facts;
  }

  /** Null where there is none. */
  async known(siteId: string): Promise<ClientCertificateFacts | null> {
    const row = await this.rows.findOneBy({ siteId });
    return row && toFacts(row);
  }

  /** Throws not-found. */
  async forget(siteId: string): Promise<void> {
    await this.sites.get(siteId);
    const { affected } = await this.rows.delete({ siteId });
    if (!affected) throw notSet();
    // A secret that is there counts from now on: what was refused is another proof.
    await this.holds.releaseAll(siteId);
    void this.events.tell(SITE_CHANGED, siteId);
  }

  /** An assertion for a lease; null where there is no certificate. Throws a conflict when its key cannot be opened. */
  async assertion(siteId: string, wanted: Omit<AssertionFor, 'now'>): Promise<string | null> {
    const row = await this.rows.findOneBy({ siteId });
    if (!row) return null;
    const { certificate } = row;
    return clientAssertion(
      { certificate, privateKey: this.#open(row) },
      { ...wanted, now: this.clock.now() },
    );
  }

  /** Whether there is one that can be opened; throws a conflict where it cannot. */
  async isThere(siteId: string): Promise<boolean> {
    const row = await this.rows.findOneBy({ siteId });
    return row !== null && this.#open(row) !== '';
  }

  #open({ sealed, siteId }: ClientCertificateEntity): string {
    const key = this.sealer.open(sealed, placeOf(siteId));
    if (key === null) throw new MailpathError('conflict', CLIENT_SECRET_LOCKED);
    return key;
  }
}

function toFacts({ certificate, setAt }: Pick<ClientCertificateEntity, 'certificate' | 'setAt'>) {
  const read = new X509Certificate(certificate);
  return {
    setAt: setAt.toISOString(),
    subject: read.subject.replaceAll('\n', ', '),
    // SHA-1, as Entra shows it beside the certificate.
    thumbprint: read.fingerprint.replaceAll(':', ''),
    expiresAt: read.validToDate.toISOString(),
  };
}

const notSet = () =>
  new MailpathError(
    'not-found',
    'This site has no client certificate. Set one with PUT /v1/sites/{siteId}/client-certificate.',
  );
