import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { violates } from '../../platform/database/violations.ts';
import { MailpathError, notFound } from '../../platform/errors.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { SiteEvents } from './site-events.ts';
import { SiteEntity } from './site.entity.ts';
import type { Site, SiteChange, SiteCreation } from './site.ts';

const Place = z.tuple([z.uuid()]);

@Injectable()
export class SitesService {
  constructor(
    private readonly database: DataSource,
    private readonly events: SiteEvents,
  ) {}

  async create(wanted: SiteCreation): Promise<Site> {
    const now = new Date();
    const row = { ...wanted, id: uuid(), secretsSince: null, createdAt: now, updatedAt: now };
    await refuseTakenName(wanted.name, () => this.database.getRepository(SiteEntity).insert(row));
    return toSite(row);
  }

  /** Oldest first. */
  async list({ limit, cursor }: PageQuery): Promise<Page<Site>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    const rows = await this.database
      .getRepository(SiteEntity)
      .createQueryBuilder('site')
      .where('cast(:after as uuid) is null or site.id > :after', { after })
      .orderBy('site.id')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, (row) => [row.id], toSite);
  }

  /** Throws not-found. */
  async get(siteId: string): Promise<Site> {
    const row = await this.database.getRepository(SiteEntity).findOneBy({ id: siteId });
    if (!row) throw notFound('Site', siteId);
    return toSite(row);
  }

  /** Whether it was ever given a secret. */
  async hasSecrets(siteId: string): Promise<boolean> {
    return this.database.getRepository(SiteEntity).existsBy({ id: siteId, secretsSince: Not(IsNull()) });
  }

  /** When it was first given a secret, null while it never was. Whoever gives it the first waits until the transaction ends. */
  async secretsSince(manager: EntityManager, siteId: string): Promise<Date | null> {
    const site = await manager.findOneOrFail(SiteEntity, {
      where: { id: siteId },
      lock: { mode: 'pessimistic_read' },
    });
    return site.secretsSince;
  }

  /** From now on it has had a secret, even if that is forgotten later. */
  async noteSecrets(siteId: string): Promise<void> {
    await this.database
      .getRepository(SiteEntity)
      .update({ id: siteId, secretsSince: IsNull() }, { secretsSince: new Date() });
  }

  async change(siteId: string, change: SiteChange): Promise<Site> {
    const done = await refuseTakenName(change.name, () =>
      this.database
        .getRepository(SiteEntity)
        .update({ id: siteId }, { ...given(change), updatedAt: new Date() }),
    );
    if (!done.affected) throw notFound('Site', siteId);
    this.events.changed(siteId);
    return this.get(siteId);
  }
}

/** Only what was sent: an absent field stays as it is. */
const given = (change: SiteChange): Partial<SiteCreation> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

async function refuseTakenName<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!violates(cause, 'sites_name_key')) throw cause;
    throw new MailpathError('conflict', `A site named "${name}" exists already. Choose another name.`, {
      cause,
    });
  }
}

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
