import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { fromPack } from '../packs/pack.ts';
import { HOUR_MS, hourOf, storePack } from '../packs/packs.store.ts';
import { observationsOf } from '../results/observations.ts';
import { UnpackedResults } from '../results/unpacked-results.service.ts';
import { storeHour } from '../roll-ups/roll-ups.store.ts';
import { unpackedFrom } from './unpacked-from.ts';

/** What one pack holds at most: an hour of a server is a tenth of it, and an agent that floods makes several packs. */
const RESULTS_A_PACK = 20_000;

interface Site {
  id: string;
  everySeconds: number;
  mailboxEverySeconds: number | null;
}

/** What was done: results that lie in packs now, and the packs that were written for it. */
export interface Packed {
  results: number;
  packs: number;
}

/**
 * Packs results that no round needs any more, an hour of a server at a time and each in a transaction of its own:
 * wherever it is ended, it goes on the next time. What comes late, and what was there before packs were, is packed the
 * same way. Only one process may be at it.
 */
@Injectable()
export class Packing {
  readonly #logger = new Logger('Packing');

  constructor(
    private readonly database: DataSource,
    private readonly unpacked: UnpackedResults,
  ) {}

  /** `more` is asked before each pack. */
  async pack(now: Date, more: () => boolean): Promise<Packed> {
    const packed = { results: 0, packs: 0 };
    const sites: Site[] = await this.database.query(
      'select id, every_seconds as "everySeconds", mailbox_every_seconds as "mailboxEverySeconds" from sites order by id',
    );
    for (const site of sites) {
      const limit = new Date(unpackedFrom(site, now));
      let from = new Date(0);
      for (;;) {
        const oldest = more() ? await this.unpacked.oldest(site.id, from, limit) : undefined;
        if (!oldest) break;
        const hour = new Date(hourOf(oldest.getTime()));
        await this.#packHour(site.id, hour, more, packed);
        // Also where some of it could not be packed: what is wrong with one hour is not to hold up the others.
        from = endOf(hour);
      }
    }
    return packed;
  }

  async #packHour(siteId: string, hour: Date, more: () => boolean, packed: Packed): Promise<void> {
    for (const serverId of await this.unpacked.servers(siteId, hour, endOf(hour))) {
      const place = { siteId, serverId, hour };
      try {
        for (let left = true; left && more();) {
          const results = await this.database.transaction((manager) => this.#packSome(manager, place));
          packed.results += results;
          packed.packs += 1;
          left = results === RESULTS_A_PACK;
        }
      } catch (error) {
        this.#logger.warn({ event: 'not-packed', ...place, reason: (error as Error).message });
      }
    }
  }

  /** Moves results from rows into a pack, and the hour into the roll-ups. Answers how many results it was. */
  async #packSome(
    manager: EntityManager,
    place: { siteId: string; serverId: string; hour: Date },
  ): Promise<number> {
    const { siteId, serverId, hour } = place;
    const fresh = await this.unpacked.take(
      manager,
      { siteId, serverId, from: hour, before: endOf(hour) },
      RESULTS_A_PACK,
    );
    if (fresh.length === 0) return 0;
    const parts: { body: Buffer }[] = await manager.query(
      `select p.body from packs p where p.site_id = $1 and p.hour = $2 and p.server_id = $3 order by p.part`,
      [siteId, hour, serverId],
    );
    const before = parts.map(({ body }) => fromPack(body));
    const last = before.at(-1) ?? [];
    const fits = last.length + fresh.length <= RESULTS_A_PACK;
    await storePack(
      manager,
      { ...place, part: Math.max(0, fits ? before.length - 1 : before.length) },
      fits ? [...last, ...fresh] : fresh,
    );
    await storeHour(manager, place, await observationsOf(manager, siteId, [...before.flat(), ...fresh]));
    return fresh.length;
  }
}

const endOf = (hour: Date): Date => new Date(hour.getTime() + HOUR_MS);
