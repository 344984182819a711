import { z } from 'zod';
import { retentionDays } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const days = said(retentionDays());
const Days = z.int(days).min(1, days).max(3650, days).nullable();

/** What a change can set; each is null where what the API was started with holds. */
const set = { resultsDays: Days, hourRollUpsDays: Days, dayRollUpsDays: Days };
export const RETENTION_FIELDS = Object.keys(set);

/** For how many days each kind of history is kept. */
export const RetentionDays = z
  .object({ resultsDays: z.int(), hourRollUpsDays: z.int(), dayRollUpsDays: z.int() })
  .meta({ id: 'RetentionDays' });
export type RetentionDays = z.infer<typeof RetentionDays>;

/** How long history is kept: what is set, what holds, and what it takes on disk. */
export const Retention = z
  .object({
    ...set,
    /** What the API was started with. */
    defaults: RetentionDays,
    inForce: RetentionDays,
    /** What each kind takes on the disk of Postgres, with its indexes. */
    bytes: z.object({ results: z.int(), hourRollUps: z.int(), dayRollUps: z.int() }),
  })
  .meta({ id: 'Retention' });
export type Retention = z.infer<typeof Retention>;

/** Body of `PATCH /v1/retention`. */
export const RetentionChange = z.strictObject(set).partial().meta({ id: 'RetentionChange' });
export type RetentionChange = z.infer<typeof RetentionChange>;
