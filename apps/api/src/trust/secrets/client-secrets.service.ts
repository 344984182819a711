import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { HoldsService } from '../holds/holds.service.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { ClientSecretEntity } from './client-secret.entity.ts';
import type { ClientSecretFacts, ClientSecretSetting } from './client-secret.ts';
import { Sealer } from './sealer.ts';

/** The words for a secret that was sealed with another key than this process has. */
export const CLIENT_SECRET_LOCKED =
  'The client secret of this site cannot be opened: the key of Mailpath (MAILPATH_SECRET_KEY, or the file secret-key) is not the one it was sealed with. Put that key back and start again, or set the client secret anew.';

const placeOf = (siteId: string) => ({ purpose: 'client-secret', siteId, key: '' });

/** The secret with which the site's Entra application says who it is: sealed, one a site. */
@Injectable()
export class ClientSecretsService {
  constructor(
    @InjectRepository(ClientSecretEntity) private readonly secrets: Repository<ClientSecretEntity>,
    private readonly sites: SitesService,
    private readonly sealer: Sealer,
    private readonly holds: HoldsService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async set(siteId: string, { secret, expiresOn }: ClientSecretSetting): Promise<void> {
    await this.sites.get(siteId);
    const sealed = this.sealer.seal(secret, placeOf(siteId));
    await this.sites.noteSecrets(siteId);
    await this.secrets.upsert({ siteId, sealed, setAt: this.clock.now(), expiresOn }, ['siteId']);
    await this.holds.releaseAll(siteId);
    // Whoever waits for approval now has something to wait for.
    void this.events.tell(SITE_CHANGED, siteId);
  }

  async facts(siteId: string): Promise<ClientSecretFacts> {
    await this.sites.get(siteId);
    const facts = await this.known(siteId);
    if (!facts) throw notSet();
    return facts;
  }

  /** Null where there is none. */
  async known(siteId: string): Promise<ClientSecretFacts | null> {
    const row = await this.secrets.findOneBy({ siteId });
    return row && { setAt: row.setAt.toISOString(), expiresOn: row.expiresOn };
  }

  async forget(siteId: string): Promise<void> {
    await this.sites.get(siteId);
    const { affected } = await this.secrets.delete({ siteId });
    if (!affected) throw notSet();
  }

  /** The value for a lease; null when none is set. Throws a conflict when it cannot be opened. */
  async open(siteId: string): Promise<string | null> {
    const row = await this.secrets.findOneBy({ siteId });
    if (!row) return null;
    const secret = this.sealer.open(row.sealed, placeOf(siteId));
    if (secret === null) throw new MailpathError('conflict', CLIENT_SECRET_LOCKED);
    return secret;
  }
}

const notSet = () =>
  new MailpathError(
    'not-found',
    'This site has no client secret. Set one with PUT /v1/sites/{siteId}/client-secret.',
  );
