import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CheckResult, Role } from '@mailpath/protocol';
import { DataSource } from 'typeorm';
import { CredentialsService } from '../../trust/credentials/credentials.service.ts';
import { askedPlaces } from '../../fleet/tasks/asked.ts';
import { cellKey } from '../../fleet/tasks/cell.ts';
import { MailboxesService } from '../../estate/mailboxes/mailboxes.service.ts';
import { byUser } from '../../fleet/tasks/mail-tasks.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';

interface Known {
  siteId: string;
  places: ReadonlySet<string>;
  /** Of the rows that the places follow from, before they were read; empty for a server that is gone. */
  stamp: string;
}

/** What changes whenever one of these rows does, whichever instance changed it. */
const STAMP = `select concat_ws(' ', site.xmin, server.xmin,
    (select string_agg(xmin::text, ',' order by xmin::text) from mailboxes where site_id = $1),
    (select string_agg(xmin::text, ',' order by xmin::text) from credentials where site_id = $1)) as stamp
  from sites site join servers server on server.site_id = site.id where site.id = $1 and server.id = $2`;

/**
 * Which cells of the comparison a server has: an agent may report what it likes, and only what is asked of it has a
 * newest result.
 */
@Injectable()
export class AskedCells implements OnModuleInit {
  /**
   * By server. What another instance has taken away since stays until the next change; what it has added is found by
   * looking at the stamp, where a result is of none of the places.
   */
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly mailboxes: MailboxesService,
    private readonly credentials: CredentialsService,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(SITE_CHANGED, (siteId) => {
      for (const [serverId, known] of this.#known) if (known.siteId === siteId) this.#known.delete(serverId);
    });
  }

  /** Tells of each of these results whether it belongs to a cell of its server. */
  async among(
    { siteId, serverId }: Reporter,
    results: readonly CheckResult[],
  ): Promise<(result: CheckResult) => boolean> {
    const isIn =
      (places: ReadonlySet<string>) =>
      ({ check, target }: CheckResult): boolean =>
        places.has(cellKey({ serverId, check, target: target.name }));
    const known = this.#known.get(serverId);
    if (known && results.every(isIn(known.places))) return isIn(known.places);
    const [row]: { stamp: string }[] = await this.database.query(STAMP, [siteId, serverId]);
    const stamp = row?.stamp ?? '';
    if (known?.stamp === stamp) return isIn(known.places);
    const places = await this.#placesOf(siteId, serverId);
    this.#known.set(serverId, { siteId, places, stamp });
    return isIn(places);
  }

  async #placesOf(siteId: string, serverId: string): Promise<ReadonlySet<string>> {
    const [site, mailboxes, credentials, servers] = await Promise.all([
      this.sites.get(siteId),
      this.mailboxes.all(siteId),
      this.credentials.all(siteId),
      this.database.query<{ roles: Role[] }[]>('select roles from servers where site_id = $1 and id = $2', [
        siteId,
        serverId,
      ]),
    ]);
    const asked = servers.map(({ roles }) => ({ id: serverId, roles }));
    return new Set(askedPlaces(site, asked, byUser(site, mailboxes, credentials)).keys());
  }
}
