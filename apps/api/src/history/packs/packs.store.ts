import type { EntityManager } from 'typeorm';
import { readId } from './ids.ts';
import { toPack } from './pack.ts';
import type { PackedResult } from './packed-result.ts';
import { writeSeconds } from './seconds.ts';

export const HOUR_MS = 3_600_000;
/** An agent's processes since its start, and that of the agent that was there before: more is no work of agents. */
const ID_RESTS_MAX = 16;
/** How far from the hour that an id tells its result may lie. */
export const HOURS_ASIDE = 1;

export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

/** Where a pack stands. */
export interface PackPlace {
  siteId: string;
  serverId: string;
  hour: Date;
  part: number;
}

/** Stores a pack in place of the one that stood there, and where those of its results are that nobody would guess. */
export async function storePack(
  manager: EntityManager,
  { siteId, serverId, hour, part }: PackPlace,
  results: readonly PackedResult[],
): Promise<void> {
  const kinds = new Map(
    results.map(({ checkId, targetName, outcome }) => [
      `${checkId} ${targetName} ${outcome}`,
      { checkId, targetName, outcome },
    ]),
  );
  const rests = new Set(results.filter(({ id }) => isNear(id, hour)).map(({ id }) => readId(id).rest));
  const idRests = [...rests].slice(0, ID_RESTS_MAX);
  const known = new Set(idRests);
  const far = results.filter(({ id }) => !isNear(id, hour) || !known.has(readId(id).rest));
  await manager.query('select ensure_weekly_partition($1, $2)', ['packs', hour]);
  await manager.query(
    `insert into packs (site_id, hour, server_id, part, results, checks, targets, outcomes, runs, id_rests, seconds, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (site_id, hour, server_id, part) do update set results = excluded.results, checks = excluded.checks,
       targets = excluded.targets, outcomes = excluded.outcomes, runs = excluded.runs, id_rests = excluded.id_rests,
       seconds = excluded.seconds, body = excluded.body`,
    [
      siteId,
      hour,
      serverId,
      part,
      results.length,
      [...kinds.values()].map(({ checkId }) => checkId),
      [...kinds.values()].map(({ targetName }) => targetName),
      [...kinds.values()].map(({ outcome }) => outcome),
      [...new Set(results.flatMap(({ runId }) => runId ?? []))],
      idRests,
      writeSeconds(results, hour),
      toPack(results),
    ],
  );
  if (far.length === 0) return;
  await manager.query(
    `insert into result_places (site_id, id, server_id, hour)
     select $1, id, $2, $3 from unnest($4::uuid[]) as id on conflict do nothing`,
    [siteId, serverId, hour, far.map(({ id }) => id)],
  );
}

function isNear(id: string, hour: Date): boolean {
  const { at } = readId(id);
  return at !== null && Math.abs(hourOf(at) - hour.getTime()) <= HOURS_ASIDE * HOUR_MS;
}
