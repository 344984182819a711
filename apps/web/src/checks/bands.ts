import type { SeriesBucket } from '../api/types.ts';

/** A slot as it is drawn: where it stands from left to right (0 to 1), and its times; null where none passed. */
export interface Slot {
  x: number;
  times: { least: number; median: number; p95: number } | null;
  failed: boolean;
}
type Timed = Slot & { times: NonNullable<Slot['times']> };

/** The slots in which something was observed. */
export const slotsOf = (buckets: readonly (SeriesBucket | null)[]): Slot[] =>
  buckets.flatMap((bucket, at) =>
    bucket && bucket.pass + bucket.warn + bucket.fail > 0
      ? [{ x: (at + 0.5) / buckets.length, times: bucket.durationMs, failed: bucket.fail > 0 }]
      : [],
  );

/** Slots that follow each other: a gap, or a slot in which nothing passed, ends a run. */
export function runsOf(buckets: readonly (SeriesBucket | null)[]): Timed[][] {
  const runs: Timed[][] = [];
  let present: Timed[] = [];
  for (const [at, bucket] of buckets.entries()) {
    if (bucket?.durationMs) {
      if (present.length === 0) runs.push(present);
      present.push({
        x: (at + 0.5) / buckets.length,
        times: bucket.durationMs,
        failed: bucket.fail > 0,
      });
    } else present = [];
  }
  return runs;
}

/** The top of the scale: above every time, on a number that is read at a glance; one for all charts of a page. */
export function scaleOf(all: readonly (readonly (SeriesBucket | null)[])[]): number {
  const most = Math.max(1, ...all.flat().map((bucket) => bucket?.durationMs?.p95 ?? 0));
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10) * power;
}
