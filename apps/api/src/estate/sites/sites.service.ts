import { readNetworks } from '@mailpath/checks';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, Not, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { CONFIG, type ApiConfig } from '../../platform/config.ts';
import { refuseTakenName } from '../../platform/taken-name.ts';
import { notFound } from '../../platform/not-found.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { refuseInsidePlaces } from './inside-places.ts';
import { SITE_CHANGED } from './site-events.ts';
import { SiteEntity } from './site.entity.ts';
import { type Site, SITE_FIELDS, type SiteChange, type SiteCreation } from './site.ts';
import { ALWAYS, type Condition } from '../../platform/http/version.ts';
import type { Refusal } from '../../platform/refusal.ts';
import { siteNameTaken } from '../refusals.ts';

const NAME_KEY = 'sites_name_key';
const taken = (name = ''): Refusal => siteNameTaken({ name });
const Place = z.tuple([z.uuid()]);

@Injectable()
export class SitesService {
  private readonly allowed: ReturnType<typeof readNetworks>;

  constructor(
    @InjectRepository(SiteEntity) private readonly sites: Repository<SiteEntity>,
    private readonly events: EventBus,
    private readonly clock: Clock,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.allowed = readNetworks(config.MAILPATH_ALLOW_NETWORKS);
  }

  async create(wanted: SiteCreation): Promise<Site> {
    refuseInsidePlaces(wanted, this.allowed);
    const now = this.clock.now();
    const row = { ...wanted, id: uuid(), secretsSince: null, createdAt: now, updatedAt: now };
    await refuseTakenName(NAME_KEY, taken(wanted.name), () => this.sites.insert(row));
    return toSite(row);
  }

  /** Oldest first; of those named, or of all. */
  async list({ limit, cursor }: PageQuery, among: readonly string[] | null): Promise<Page<Site>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    const rows = await this.sites
      .createQueryBuilder('site')
      .where('(cast(:after as uuid) is null or site.id > :after)', { after })
      .andWhere('(cast(:among as uuid[]) is null or site.id = any(:among))', { among })
      .orderBy('site.id')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, (row) => [row.id], toSite);
  }

  /** Of all sites. */
  async ids(): Promise<string[]> {
    return (await this.sites.find({ select: { id: true } })).map(({ id }) => id);
  }

  /** Throws not-found. */
  async get(siteId: string): Promise<Site> {
    const row = await this.sites.findOneBy({ id: siteId });
    if (!row) throw notFound('Site', siteId);
    return toSite(row);
  }

  /** Whether it was ever given a secret. */
  async hasSecrets(siteId: string): Promise<boolean> {
    return this.sites.existsBy({ id: siteId, secretsSince: Not(IsNull()) });
  }

  /** From now on it has had a secret, even if that is forgotten later. */
  async noteSecrets(siteId: string): Promise<void> {
    await this.sites.update({ id: siteId, secretsSince: IsNull() }, { secretsSince: this.clock.now() });
  }

  /** Whoever changes the same site waits until the transaction ends. Throws not-found. */
  async lock(manager: EntityManager, siteId: string): Promise<Site> {
    const row = await manager.findOne(SiteEntity, {
      where: { id: siteId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw notFound('Site', siteId);
    return toSite(row);
  }

  /** Throws not-found, and precondition-failed where the condition does not hold of the site as it is. */
  async change(siteId: string, change: SiteChange, condition: Condition = ALWAYS): Promise<Site> {
    refuseInsidePlaces(change, this.allowed);
    await refuseTakenName(NAME_KEY, taken(change.name), () =>
      this.sites.manager.transaction(async (manager) => {
        condition(await this.lock(manager, siteId), SITE_FIELDS);
        await manager.update(SiteEntity, { id: siteId }, { ...given(change), updatedAt: this.clock.now() });
      }),
    );
    void this.events.tell(SITE_CHANGED, siteId);
    return this.get(siteId);
  }
}

/** Only what was sent: an absent field stays as it is. */
const given = (change: SiteChange): Partial<SiteCreation> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

function toSite(row: SiteEntity): Site {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    esLevel: row.esLevel,
    externalUrl: row.externalUrl,
    cloud: row.cloud,
    tenant: row.tenant,
    clientId: row.clientId,
    inboundProtocol: row.inboundProtocol,
    accountKind: row.accountKind,
    redirectUri: row.redirectUri,
    adminConsoleUrl: row.adminConsoleUrl,
    grant: row.grant,
    mailboxEverySeconds: row.mailboxEverySeconds,
    expectedIssuers: row.expectedIssuers,
    targets: row.targets,
    extraTargets: row.extraTargets,
    everySeconds: row.everySeconds,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
