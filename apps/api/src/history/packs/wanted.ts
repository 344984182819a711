import type { MomentsRead } from './moments.ts';
import type { Kind, Wanted } from './pack.ts';
import { hourOf } from './packs.store.ts';

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

/** Which of a pack's results these are. */
export function wantedOfPack(wanted: PackedWanted): Wanted {
  const isOf = (list: readonly string[] | null, value: string): boolean =>
    list === null || list.includes(value);
  return {
    kind: ({ checkId, targetName, outcome }: Kind): boolean =>
      isOf(wanted.checks, checkId) &&
      wanted.targets.every((names) => names.includes(targetName)) &&
      isOf(wanted.outcomes, outcome),
    row: (moments: MomentsRead, row: number): boolean =>
      (wanted.from === null || moments.observedAt(row) >= wanted.from) &&
      (wanted.to === null || moments.observedAt(row) < wanted.to) &&
      (wanted.runId === null || moments.runId(row) === wanted.runId),
  };
}

/** The same asked of a pack by what stands beside it: a condition for `packs p` where $1 is the site. */
export function inSql(siteId: string, wanted: PackedWanted): { where: string; values: unknown[] } {
  const values: unknown[] = [siteId];
  const conditions = ['p.site_id = $1'];
  const kinds: string[] = [];
  const add = (condition: (place: string) => string, value: unknown, all = conditions): void => {
    values.push(value);
    all.push(condition(`$${values.length}`));
  };
  const addKind = (lists: string, column: string, list: readonly string[]): void => {
    add((place) => `${lists} && ${place}::text[]`, list);
    kinds.push(`${column} = any($${values.length})`);
  };
  if (wanted.servers) add((place) => `p.server_id = any(${place}::uuid[])`, wanted.servers);
  if (wanted.checks) addKind('p.checks', 'k.check_id', wanted.checks);
  for (const names of wanted.targets) addKind('p.targets', 'k.target_name', names);
  if (wanted.outcomes) addKind('p.outcomes', 'k.outcome', wanted.outcomes);
  // Word for word what the index of packs with a failure says.
  if (wanted.outcomes?.every((outcome) => outcome === 'fail')) conditions.push(`'fail' = any(p.outcomes)`);
  if (wanted.runId !== null) add((place) => `${place} = any(p.runs)`, wanted.runId);
  if (wanted.from !== null) add((place) => `p.hour >= ${place}`, new Date(hourOf(wanted.from)));
  if (wanted.to !== null) add((place) => `p.hour < ${place}`, new Date(wanted.to));
  // One kind has to be all of it.
  if (kinds.length > 1)
    conditions.push(
      `exists (select from unnest(p.checks, p.targets, p.outcomes) as k(check_id, target_name, outcome)
         where ${kinds.join(' and ')})`,
    );
  return { where: conditions.join(' and '), values };
}
