import { z } from 'zod';
import { sameTimes, timeOfDay, timeZone as timeZoneForm } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, said(timeOfDay()));

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    // The field's own message says how to write one.
    return false;
  }
}

/** When servers may be offered a build: on these days, from one time of day to another, maybe past midnight. */
export const UpgradeHours = z
  .strictObject({
    days: z.array(z.enum(DAYS)).min(1).max(7),
    from: TimeOfDay,
    to: TimeOfDay,
    timeZone: z.string().max(60).refine(isTimeZone, said(timeZoneForm())).default('UTC'),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], ...said(sameTimes()) })
  .meta({ id: 'UpgradeHours' });
export type UpgradeHours = z.infer<typeof UpgradeHours>;

/** Whether the moment lies in these hours. A span past midnight belongs to the day on which it begins. */
export function isWithin({ days, from, to, timeZone }: UpgradeHours, moment: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const today = DAYS.findIndex((day) => day === part('weekday').toLowerCase());
  const has = (day: number): boolean => days.includes(DAYS[(day + 7) % 7] as (typeof DAYS)[number]);
  if (from < to) return has(today) && time >= from && time < to;
  return (has(today) && time >= from) || (has(today - 1) && time < to);
}
