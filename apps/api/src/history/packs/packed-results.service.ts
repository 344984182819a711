import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readId } from './ids.ts';
import { fromPack, type Wanted } from './pack.ts';
import type { PackedResult } from './packed-result.ts';
import { HOUR_MS, HOURS_ASIDE, hourOf } from './packs.store.ts';
import { lastBefore } from './seconds.ts';
import { inSql, type PackedWanted, wantedOfPack } from './wanted.ts';

/** A packed result with the server that observed it. */
export interface OfServer {
  serverId: string;
  result: PackedResult;
}

/** A pack of which something is wanted. */
export interface FoundPack {
  hour: Date;
  serverId: string;
  part: number;
  /** All in it that is wanted was observed before. */
  before: number;
}

/** The same with the checks and targets in it, which are as long as each other. */
export interface ToldPack extends FoundPack {
  checks: string[];
  targets: string[];
}

interface Row extends Omit<ToldPack, 'before'> {
  results: number;
  seconds: Buffer | null;
}

/** Packs that are looked for at a time, without their bodies: few first, since most who ask need few. */
const LOOKED_FOR = 64;
const LOOKED_FOR_MOST = 2_048;
/** Packs that are fetched at a time: a megabyte. */
const FETCHED = 16;

/** Reads packs, and of each only what is wanted. */
@Injectable()
export class PackedResults {
  /** Packs with what is wanted, the latest hour first, all of an hour together: whoever asks may stop at any. */
  async *byHour(manager: EntityManager, siteId: string, wanted: PackedWanted): AsyncGenerator<FoundPack[]> {
    for await (const rows of this.#rowsByHour(manager, siteId, wanted, ''))
      yield rows.flatMap((row) => {
        const { hour, serverId, part } = row;
        const before = lastWanted(row, wanted);
        return before === null ? [] : { hour, serverId, part, before };
      });
  }

  /** The same, each with what is in it. */
  async *toldByHour(
    manager: EntityManager,
    siteId: string,
    wanted: PackedWanted,
  ): AsyncGenerator<ToldPack[]> {
    for await (const rows of this.#rowsByHour(manager, siteId, wanted, ', p.checks, p.targets'))
      yield rows.flatMap((row) => {
        const before = lastWanted(row, wanted);
        return before === null ? [] : { ...row, before };
      });
  }

  /** What is wanted of these packs, a pack at a time; of what is wanted, those that `choose` chooses. */
  async *read(
    manager: EntityManager,
    siteId: string,
    packs: readonly FoundPack[],
    wanted: PackedWanted,
    choose?: Wanted['choose'],
  ): AsyncGenerator<OfServer[]> {
    const ofPack: Wanted = { ...wantedOfPack(wanted), ...(choose && { choose }) };
    for (let at = 0; at < packs.length; at += FETCHED) {
      const some = packs.slice(at, at + FETCHED);
      const rows: { serverId: string; body: Buffer }[] = await manager.query(
        `select p.server_id as "serverId", p.body
         from unnest($2::timestamptz[], $3::uuid[], $4::smallint[]) with ordinality as f(hour, server_id, part, n)
           join packs p on p.site_id = $1 and (p.hour, p.server_id, p.part) = (f.hour, f.server_id, f.part)
         where p.hour between $5 and $6 order by f.n`,
        [
          siteId,
          some.map(({ hour }) => hour),
          some.map(({ serverId }) => serverId),
          some.map(({ part }) => part),
          // The partitions that Postgres has to look into.
          new Date(Math.min(...some.map(({ hour }) => hour.getTime()))),
          new Date(Math.max(...some.map(({ hour }) => hour.getTime()))),
        ],
      );
      for (const { serverId, body } of rows)
        yield fromPack(body, ofPack).map((result) => ({ serverId, result }));
    }
  }

  /** Undefined where no packed result has this id. */
  async find(manager: EntityManager, siteId: string, id: string): Promise<OfServer | undefined> {
    const { at, rest } = readId(id);
    const hour = at === null ? null : hourOf(at);
    const rows: { serverId: string; body: Buffer }[] = await manager.query(
      `select p.server_id as "serverId", p.body from packs p
       where p.site_id = $1 and p.hour between $2 and $3 and $4 = any(p.id_rests)
       union all
       select p.server_id as "serverId", p.body from packs p
         join result_places r on r.site_id = p.site_id and r.server_id = p.server_id and r.hour = p.hour
       where p.site_id = $1 and r.site_id = $1 and r.id = $5`,
      [
        siteId,
        hour === null ? null : new Date(hour - HOURS_ASIDE * HOUR_MS),
        hour === null ? null : new Date(hour + HOURS_ASIDE * HOUR_MS),
        rest,
        id,
      ],
    );
    for (const { serverId, body } of rows) {
      const [result] = fromPack(body, { row: (moments, row) => moments.id(row) === id });
      if (result) return { serverId, result };
    }
    return undefined;
  }

  async *#rowsByHour(
    manager: EntityManager,
    siteId: string,
    wanted: PackedWanted,
    columns: string,
  ): AsyncGenerator<Row[]> {
    const { where, values } = inSql(siteId, wanted);
    const next = values.length + 1;
    let waiting: Row[] = [];
    for (let limit = LOOKED_FOR; ; limit = Math.min(LOOKED_FOR_MOST, 2 * limit)) {
      const place = waiting.at(-1);
      const rows: Row[] = await manager.query(
        `select p.hour, p.server_id as "serverId", p.part, p.results, p.seconds ${columns} from packs p where ${where}
         ${place ? `and (p.hour, p.server_id, p.part) < ($${next + 1}, $${next + 2}::uuid, $${next + 3}::smallint)` : ''}
         order by p.hour desc, p.server_id desc, p.part desc limit $${next}`,
        [...values, limit, ...(place ? [place.hour, place.serverId, place.part] : [])],
      );
      const hours = [...Map.groupBy([...waiting, ...rows], ({ hour }) => hour.getTime()).values()];
      const isLast = rows.length < limit;
      // Of the earliest hour there may be more.
      waiting = isLast ? [] : (hours.pop() ?? []);
      yield* hours;
      if (isLast) return;
    }
  }
}

/** Before when the last of what is wanted was observed; null where nothing of it can be in the pack. */
function lastWanted({ hour, results, seconds }: Row, wanted: PackedWanted): number | null {
  const begin = hour.getTime();
  const end = Math.min(begin + HOUR_MS, wanted.to ?? Infinity);
  const last = lastBefore(seconds, { results, outcomes: wanted.outcomes, before: end - begin });
  return last === null || begin + last <= (wanted.from ?? -Infinity) ? null : begin + last;
}
