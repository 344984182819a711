import type { FailureCode, Outcome, Phase, PhaseTiming } from '@mailpath/protocol';
import { mergeSpreads, type Spread, spreadOf } from './spread.ts';

/** What of a result is rolled up. */
export interface Observation {
  check: string;
  target: string;
  /** Milliseconds since 1970. */
  observedAt: number;
  outcome: Outcome;
  durationMs: number;
  phases: readonly PhaseTiming[];
  failure: { phase: Phase; code: FailureCode } | null;
}

/** What a check of a server came to in some time. Durations are of what passed, with or without a warning. */
export interface Bucket {
  outcomes: Partial<Record<Outcome, number>>;
  duration: Spread | null;
  phases: Partial<Record<Phase, Spread>>;
  /** How often each failure was seen, most often first. */
  failures: readonly (readonly [phase: Phase, code: FailureCode, count: number])[];
}

/** What timed out or was refused says how long somebody waited, and nothing of the path. */
const tellsTime = ({ outcome }: Observation): boolean => outcome === 'pass' || outcome === 'warn';

export function bucketOf(observations: readonly Observation[]): Bucket {
  const timed = observations.filter(tellsTime);
  const msByPhase = new Map<Phase, number[]>();
  for (const { phases } of timed)
    for (const [name, ms] of byName(phases)) msByPhase.set(name, [...(msByPhase.get(name) ?? []), ms]);
  return {
    outcomes: counted(observations.map(({ outcome }) => [outcome, 1])),
    duration: spreadOf(timed.map(({ durationMs }) => durationMs)),
    phases: spreads([...msByPhase].map(([name, values]) => [name, spreadOf(values)])),
    failures: failuresOf(
      observations.flatMap(({ failure }) => (failure ? [[failure.phase, failure.code, 1] as const] : [])),
    ),
  };
}

export function mergeBuckets(buckets: readonly Bucket[]): Bucket {
  const [first, ...others] = buckets;
  if (first && others.length === 0) return first;
  const names = new Set(buckets.flatMap(({ phases }) => Object.keys(phases) as Phase[]));
  return {
    outcomes: counted(buckets.flatMap(({ outcomes }) => Object.entries(outcomes) as [Outcome, number][])),
    duration: mergeSpreads(buckets.flatMap(({ duration }) => duration ?? [])),
    phases: spreads(
      [...names].map((name) => [name, mergeSpreads(buckets.flatMap(({ phases }) => phases[name] ?? []))]),
    ),
    failures: failuresOf(buckets.flatMap(({ failures }) => failures)),
  };
}

/** A conversation may greet twice: what a phase took is the sum. */
function byName(phases: readonly PhaseTiming[]): Map<Phase, number> {
  const all = new Map<Phase, number>();
  for (const { name, ms } of phases) all.set(name, Math.round(((all.get(name) ?? 0) + ms) * 10) / 10);
  return all;
}

function counted(entries: readonly (readonly [Outcome, number])[]): Bucket['outcomes'] {
  const all: Bucket['outcomes'] = {};
  for (const [outcome, count] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
    all[outcome] = (all[outcome] ?? 0) + count;
  return all;
}

function spreads(entries: readonly (readonly [Phase, Spread | null])[]): Bucket['phases'] {
  const all: Bucket['phases'] = {};
  for (const [name, spread] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (spread) all[name] = spread;
  return all;
}

function failuresOf(seen: Bucket['failures']): Bucket['failures'] {
  const all = new Map<string, [Phase, FailureCode, number]>();
  for (const [phase, code, count] of seen) {
    const known = all.get(`${phase} ${code}`);
    if (known) known[2] += count;
    else all.set(`${phase} ${code}`, [phase, code, count]);
  }
  return [...all]
    .sort(([a, [, , m]], [b, [, , n]]) => n - m || (a < b ? -1 : 1))
    .map(([, failure]) => failure);
}
