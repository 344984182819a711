import { invalidField } from '../../platform/errors.ts';
import { HOUR_MS, hourOf } from '../packs/packs.store.ts';
import { DAY_MS, dayOf } from '../roll-ups/roll-ups.store.ts';
import { fromAfterTo, spanTooLong } from '../field-refusals.ts';

export const BUCKETS_MAX = 1_000;
export const BUCKETS_DEFAULT = 90;
/** For this long every single result is looked at; a longer span is read from what was rolled up. */
const RESULTS_FOR_MS = 2 * DAY_MS;
/** As long as anything is ever kept. */
const LONGEST_MS = 3_653 * DAY_MS;

/** From what a series is read. */
export type Source = 'results' | 'hours' | 'days';

/** Equal slots of time from `from` on; the last ends at `to`, so it may be shorter. Milliseconds since 1970, UTC. */
export interface Span {
  from: number;
  /** Not part of it. */
  to: number;
  bucketMs: number;
  count: number;
  source: Source;
}

/**
 * The slots of a request, by default those of the last 24 hours. Of a long span they are whole hours or whole days
 * (UTC), and begin with the one in which it begins, so there may be fewer than asked for and never more than 1,000.
 */
export function spanOf(
  asked: { from?: string | undefined; to?: string | undefined; buckets: number },
  now: number,
): Span {
  const to = asked.to === undefined ? now : Date.parse(asked.to);
  const from = asked.from === undefined ? to - DAY_MS : Date.parse(asked.from);
  if (from >= to) throw invalidField('from', fromAfterTo());
  if (to - from > LONGEST_MS) throw invalidField('from', spanTooLong());
  const width = (to - from) / asked.buckets;
  if (width < HOUR_MS && to - from <= RESULTS_FOR_MS) return slots(from, to, 1_000, asked.buckets, 'results');
  const hours = slots(hourOf(from), to, HOUR_MS, asked.buckets, 'hours');
  return hours.bucketMs < DAY_MS ? hours : slots(dayOf(from), to, DAY_MS, asked.buckets, 'days');
}

function slots(from: number, to: number, unitMs: number, buckets: number, source: Source): Span {
  const bucketMs = Math.ceil((to - from) / buckets / unitMs) * unitMs;
  return { from, to, bucketMs, count: Math.ceil((to - from) / bucketMs), source };
}

/** The slot in which a moment lies: its begin is part of it, its end is not. Null outside the span. */
export function slotOf({ from, to, bucketMs }: Span, moment: number): number | null {
  return moment < from || moment >= to ? null : Math.floor((moment - from) / bucketMs);
}
