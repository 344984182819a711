/**
 * How long something took in many results, milliseconds. Percentiles are values that occurred (nearest rank) where all
 * results were there, and within 2.5 % of them where only what is left of several spreads was.
 */
export interface Spread {
  least: number;
  median: number;
  p95: number;
  most: number;
  /** How many values lie in each step of a geometric scale; what makes spreads of hours one of a day. */
  steps: readonly (readonly [step: number, count: number])[];
}

const FACTOR = 1.05;
/** What a stopwatch tells; whatever took less is in the first step. */
const FIRST_MS = 0.1;

/** Null without values. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const counts = new Map<number, number>();
  for (const value of sorted) counts.set(stepOf(value), (counts.get(stepOf(value)) ?? 0) + 1);
  return {
    least: sorted[0] ?? 0,
    median: sorted[rank(sorted.length, 0.5)] ?? 0,
    p95: sorted[rank(sorted.length, 0.95)] ?? 0,
    most: sorted.at(-1) ?? 0,
    steps: [...counts],
  };
}

/** One spread stays as exact as it is. */
export function mergeSpreads(spreads: readonly Spread[]): Spread | null {
  const [first, ...others] = spreads;
  if (!first) return null;
  if (others.length === 0) return first;
  const counts = new Map<number, number>();
  for (const [step, count] of spreads.flatMap(({ steps }) => steps))
    counts.set(step, (counts.get(step) ?? 0) + count);
  const steps = [...counts].sort(([a], [b]) => a - b);
  const least = Math.min(...spreads.map((one) => one.least));
  const most = Math.max(...spreads.map((one) => one.most));
  const all = steps.reduce((sum, [, count]) => sum + count, 0);
  const at = (share: number): number =>
    Math.min(most, Math.max(least, valueOf(stepAt(steps, rank(all, share)))));
  return { least, median: at(0.5), p95: at(0.95), most, steps };
}

/** The place in order, from 0, of the value that `share` of all lie at or below. */
const rank = (count: number, share: number): number => Math.max(0, Math.ceil(share * count) - 1);

const stepOf = (ms: number): number =>
  ms <= FIRST_MS ? 0 : Math.floor(Math.log(ms / FIRST_MS) / Math.log(FACTOR));

/** In the middle of its step, to the tenth. */
const valueOf = (step: number): number => Math.round(FIRST_MS * FACTOR ** (step + 0.5) * 10) / 10;

function stepAt(steps: Spread['steps'], place: number): number {
  let passed = 0;
  for (const [step, count] of steps) {
    passed += count;
    if (passed > place) return step;
  }
  return steps.at(-1)?.[0] ?? 0;
}
