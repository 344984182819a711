import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readId } from './ids.ts';
import { fromPack, type Kind } from './pack.ts';
import type { Moments } from './moments.ts';
import type { PackedResult } from './packed-result.ts';
import { HOUR_MS, HOURS_ASIDE, hourOf } from './packs.store.ts';

/** Which packed results are wanted; null where all are. Moments are milliseconds since 1970. */
export interface PackedWanted {
  servers: readonly string[] | null;
  checks: readonly string[] | null;
  /** Of each list one has to hold the target's name. */
  targets: readonly (readonly string[])[];
  outcomes: readonly string[] | null;
  runId: string | null;
  /** Observed at or after it. */
  from: number | null;
  /** Observed before it. */
  to: number | null;
}

/** A packed result with the server that observed it. */
export interface OfServer {
  serverId: string;
  result: PackedResult;
}

/** A pack of which something is wanted. */
export interface FoundPack {
  serverId: string;
  /** All in it, and in the packs after it, was observed before. */
  before: number;
  /** The checks and targets in it, as long as each other. */
  checks: readonly string[];
  targets: readonly string[];
  /** Unpacks what is wanted. */
  results: () => PackedResult[];
}

interface Row {
  hour: Date;
  serverId: string;
  part: number;
  checks: string[];
  targets: string[];
  body: Buffer;
}

/** Packs that are fetched at a time: some hundred kilobytes. */
const AT_ONCE = 8;

/** Reads packs, and of each only what is wanted. */
@Injectable()
export class PackedResults {
  /** Packs with what is wanted, the latest hour first: whoever asks may stop at any. */
  async *latestFirst(
    manager: EntityManager,
    siteId: string,
    wanted: PackedWanted,
  ): AsyncGenerator<FoundPack> {
    let place: Row | undefined;
    for (;;) {
      const rows: Row[] = await manager.query(SELECT_PACKS, [
        siteId,
        wanted.servers,
        wanted.checks,
        wanted.targets[0] ?? null,
        wanted.targets[1] ?? null,
        wanted.outcomes,
        wanted.runId,
        wanted.from === null ? null : new Date(hourOf(wanted.from)),
        wanted.to === null ? null : new Date(wanted.to),
        place?.hour ?? null,
        place?.serverId ?? null,
        place?.part ?? null,
        AT_ONCE,
      ]);
      for (const { hour, serverId, checks, targets, body } of rows)
        yield {
          serverId,
          checks,
          targets,
          before: hour.getTime() + HOUR_MS,
          results: () => unpacked(body, wanted),
        };
      place = rows.at(-1);
      if (rows.length < AT_ONCE) return;
    }
  }

  /** Undefined where no packed result has this id. */
  async find(manager: EntityManager, siteId: string, id: string): Promise<OfServer | undefined> {
    const { at, rest } = readId(id);
    const hour = at === null ? null : hourOf(at);
    const rows: Pick<Row, 'serverId' | 'body'>[] = await manager.query(
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
      const [result] = fromPack(body, { moments: (one) => one.id === id });
      if (result) return { serverId, result };
    }
    return undefined;
  }
}

const SELECT_PACKS = `
  select p.hour, p.server_id as "serverId", p.part, p.checks, p.targets, p.body from packs p
  where p.site_id = $1
    and ($2::uuid[] is null or p.server_id = any($2))
    and ($7::uuid is null or $7 = any(p.runs))
    and ($8::timestamptz is null or p.hour >= $8)
    and ($9::timestamptz is null or p.hour < $9)
    and ($10::timestamptz is null or (p.hour, p.server_id, p.part) < ($10, $11::uuid, $12::smallint))
    and exists (
      select from unnest(p.checks, p.targets, p.outcomes) as k(check_id, target_name, outcome)
      where ($3::text[] is null or k.check_id = any($3))
        and ($4::text[] is null or k.target_name = any($4))
        and ($5::text[] is null or k.target_name = any($5))
        and ($6::text[] is null or k.outcome = any($6)))
  order by p.hour desc, p.server_id desc, p.part desc limit $13`;

function unpacked(body: Buffer, wanted: PackedWanted): PackedResult[] {
  const isOf = (list: readonly string[] | null, value: string): boolean =>
    list === null || list.includes(value);
  const kind = ({ checkId, targetName, outcome }: Kind): boolean =>
    isOf(wanted.checks, checkId) &&
    wanted.targets.every((names) => names.includes(targetName)) &&
    isOf(wanted.outcomes, outcome);
  const moments = ({ runId, observedAt }: Moments): boolean =>
    (wanted.runId === null || runId === wanted.runId) &&
    (wanted.from === null || observedAt >= wanted.from) &&
    (wanted.to === null || observedAt < wanted.to);
  return fromPack(body, { kind, moments });
}
