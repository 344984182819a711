import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AGENT_REVOKED } from '../../estate/sites/site-events.ts';
import { SITE_FIELDS } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Clock } from '../../platform/clock.ts';
import { invalidField } from '../../platform/errors.ts';
import { oneSpelling } from '../../platform/fields.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import type { Condition } from '../../platform/http/version.ts';
import { anotherSiteName } from './field-refusals.ts';

/** Rows that one statement deletes: far from what the limit on a statement's time allows. */
const AT_ONCE = 5_000;

/** Ends a site and everything that belongs to it, in whichever table. */
@Injectable()
export class SiteRemoval {
  constructor(
    private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws not-found, validation where the name is not the site's, and precondition-failed. Its agents are refused
   * first, so that nothing arrives while rows go, a few at a time. Ended in between, it is done by asking again.
   */
  async remove(siteId: string, name: string, condition: Condition): Promise<void> {
    const agents = await this.database.transaction(async (manager) => {
      const site = await this.sites.lock(manager, siteId);
      if (oneSpelling(site.name) !== oneSpelling(name)) {
        throw invalidField('name', anotherSiteName({ name: site.name }));
      }
      condition(site, SITE_FIELDS);
      await manager.query(`update agents set revoked_at = $2 where site_id = $1 and revoked_at is null`, [
        siteId,
        this.clock.now(),
      ]);
      return manager.query<{ id: string }[]>('select id from agents where site_id = $1', [siteId]);
    });
    for (const { id } of agents) void this.events.tell(AGENT_REVOKED, id);
    const tables = await this.#tables();
    // What is large goes by itself; what came meanwhile goes with the site, or not at all.
    for (const table of tables) while ((await this.#some(this.database.manager, table, siteId)) === AT_ONCE);
    await this.database.transaction(async (manager) => {
      await manager.query('select from sites where id = $1 for update', [siteId]);
      for (const table of tables) while ((await this.#some(manager, table, siteId)) === AT_ONCE);
      await manager.query('delete from sites where id = $1', [siteId]);
    });
  }

  /** Answers how many went. */
  async #some(manager: EntityManager, table: string, siteId: string): Promise<number> {
    const [, count] = (await manager.query(
      `delete from ${table} where site_id = $1 and ctid = any(array(select ctid from ${table} where site_id = $1 limit ${AT_ONCE}))`,
      [siteId],
    )) as [unknown, number];
    // Rows of several partitions may share a ctid, so more than that may go at once.
    return Math.min(count, AT_ONCE);
  }

  /** Every table whose rows belong to a site, those that point to others before them. The catalogue knows them all. */
  async #tables(): Promise<string[]> {
    const rows: { name: string; targets: string[] }[] = await this.database.query(
      `select c.oid::regclass::text as name,
              array(select distinct f.confrelid::regclass::text from pg_constraint f
                    where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as targets
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'site_id' and not a.attisdropped
       where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
       order by 1`,
    );
    return inOrder(rows);
  }
}

function inOrder(tables: readonly { name: string; targets: readonly string[] }[]): string[] {
  const left = [...tables];
  const ordered: string[] = [];
  while (left.length > 0) {
    const at = left.findIndex(({ name }) =>
      left.every((other) => other.name === name || !other.targets.includes(name)),
    );
    const [next] = left.splice(Math.max(at, 0), 1);
    if (next) ordered.push(next.name);
  }
  return ordered;
}
