import { z } from 'zod';
import { ChecklistItem, Statement } from './finding.ts';

/** What came of judging one setting: `cannot-tell` where a fact is missing, or where it does not decide by itself. */
export const SettingState = z.enum(['holds', 'broken', 'cannot-tell']).meta({ id: 'SettingState' });
export type SettingState = z.infer<typeof SettingState>;

export const WORST_STATE_FIRST: readonly SettingState[] = ['broken', 'cannot-tell', 'holds'];

/** A setting of the checklist, judged by what the administrator entered and by what servers saw. */
export const SettingVerdict = z
  .object({
    item: ChecklistItem,
    /** What it is about: the name of the site or of a server, or the address of a mailbox or user. */
    subject: z.string(),
    verdict: SettingState,
    /** One sentence: what was found. */
    sentence: z.string(),
    /** What to do; null where there is nothing to do. */
    nextStep: z.string().nullable(),
    statements: z.array(Statement),
  })
  .meta({ id: 'SettingVerdict' });
export type SettingVerdict = z.infer<typeof SettingVerdict>;
