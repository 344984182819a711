import { CheckId, FailureCode, Outcome, Phase, Target } from '@mailpath/protocol';
import { z } from 'zod';
import { Moment } from '../../platform/fields.ts';
import { momentOrBaseline, sinceOrBaseline, untilBeforeSince } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/** A moment of the past, a baseline, or with neither of them now. */
export interface ComparedMoment {
  at?: string | undefined;
  baseline?: string | undefined;
}

const BaselineId = z.uuid();

export const ComparisonQuery = z
  .strictObject({ at: Moment.optional(), baseline: BaselineId.optional() })
  .refine(({ at, baseline }) => at === undefined || baseline === undefined, {
    path: ['at'],
    ...said(momentOrBaseline()),
  });
export type ComparisonQuery = z.infer<typeof ComparisonQuery>;

export const ChangesQuery = z
  .strictObject({ since: Moment.optional(), baseline: BaselineId.optional(), until: Moment.optional() })
  .refine(({ since, baseline }) => (since === undefined) !== (baseline === undefined), {
    path: ['since'],
    ...said(sinceOrBaseline()),
  })
  .refine(({ since, until }) => since === undefined || until === undefined || since < until, {
    path: ['until'],
    ...said(untilBeforeSince()),
  });
export type ChangesQuery = z.infer<typeof ChangesQuery>;

export const CellThen = z
  .object({
    outcome: Outcome,
    phase: Phase.nullable(),
    code: FailureCode.nullable(),
    ms: z.number().nonnegative(),
    observedAt: z.iso.datetime(),
    resultId: z.uuid(),
  })
  .meta({ id: 'CellThen' });
export type CellThen = z.infer<typeof CellThen>;

export const CellChange = z
  .object({
    kind: z.enum(['worse', 'better', 'different', 'appeared', 'gone']).meta({ id: 'CellChangeKind' }),
    serverId: z.uuid(),
    serverName: z.string(),
    check: CheckId,
    title: z.string(),
    target: Target,
    before: CellThen.nullable(),
    after: CellThen.nullable(),
  })
  .meta({ id: 'CellChange' });
export type CellChange = z.infer<typeof CellChange>;

export const ComparisonChanges = z
  .object({ from: z.iso.datetime(), to: z.iso.datetime(), items: z.array(CellChange) })
  .meta({ id: 'ComparisonChanges' });
export type ComparisonChanges = z.infer<typeof ComparisonChanges>;
