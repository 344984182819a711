import { z } from 'zod';
import { keptText } from '@mailpath/protocol';
import { Moment } from '../../platform/fields.ts';
import { baselineNameEmpty } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

export const BASELINES_MAX = 100;

const BaselineName = keptText(100).trim().min(1, said(baselineNameEmpty()));

export const BaselineCreation = z
  .strictObject({
    name: BaselineName,
    /** The moment that it shows; now where it is left out. */
    at: Moment.optional(),
  })
  .meta({ id: 'BaselineCreation' });
export type BaselineCreation = z.infer<typeof BaselineCreation>;

export const Baseline = z
  .object({
    id: z.uuid(),
    name: z.string(),
    at: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    results: z.int().nonnegative(),
  })
  .meta({ id: 'Baseline' });
export type Baseline = z.infer<typeof Baseline>;

export const BaselineList = z.object({ items: z.array(Baseline) }).meta({ id: 'BaselineList' });
export type BaselineList = z.infer<typeof BaselineList>;
