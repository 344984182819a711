import { CheckId, FailureCode, Phase, TargetName } from '@mailpath/protocol';
import { z } from 'zod';
import { Moment } from '../../platform/fields.ts';
import { BUCKETS_DEFAULT, BUCKETS_MAX } from '../../history/series/span.ts';
import { wholeNumber } from '../../platform/field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const buckets = said(wholeNumber({ most: BUCKETS_MAX }));

export const SeriesQuery = z.strictObject({
  check: CheckId,
  target: TargetName,
  serverId: z.uuid().optional(),
  /** RFC 3339; 24 hours before `to` where it is left out. */
  from: Moment.optional(),
  /** Not part of it; now where it is left out. */
  to: Moment.optional(),
  buckets: z.coerce
    .number(buckets)
    .int(buckets)
    .min(1, buckets)
    .max(BUCKETS_MAX, buckets)
    .default(BUCKETS_DEFAULT),
});
export type SeriesQuery = z.infer<typeof SeriesQuery>;

const Count = z.int().nonnegative();
const Ms = z.number().nonnegative();

export const Durations = z.object({ least: Ms, median: Ms, p95: Ms, most: Ms }).meta({ id: 'Durations' });
export type Durations = z.infer<typeof Durations>;

export const SeriesBucket = z
  .object({
    at: z.iso.datetime(),
    pass: Count,
    warn: Count,
    fail: Count,
    throttled: Count,
    skipped: Count,
    durationMs: Durations.nullable(),
    phases: z.array(z.object({ name: Phase, durationMs: Durations })),
    failure: z.object({ phase: Phase, code: FailureCode }).nullable(),
  })
  .meta({ id: 'SeriesBucket' });
export type SeriesBucket = z.infer<typeof SeriesBucket>;

export const SeriesMark = z
  .object({
    at: z.iso.datetime(),
    kind: z.enum(['finding-opened', 'finding-closed', 'baseline']).meta({ id: 'SeriesMarkKind' }),
    id: z.uuid(),
    label: z.string(),
  })
  .meta({ id: 'SeriesMark' });
export type SeriesMark = z.infer<typeof SeriesMark>;

export const SiteSeries = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    bucketSeconds: z.int().positive(),
    source: z.enum(['results', 'hours', 'days']).meta({ id: 'SeriesSource' }),
    servers: z.array(
      z.object({ serverId: z.uuid(), serverName: z.string(), buckets: z.array(SeriesBucket.nullable()) }),
    ),
    marks: z.array(SeriesMark),
  })
  .meta({ id: 'Series' });
export type SiteSeries = z.infer<typeof SiteSeries>;
