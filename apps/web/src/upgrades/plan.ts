import type { Upgrade } from '../api/types.ts';

export type Hours = NonNullable<Upgrade['hours']>;
export type Day = Hours['days'][number];
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Day[];

/** What has to be changed in hours before they can be sent; the name of the field it stands in. */
export type WrongHours = 'days' | 'from' | 'to' | 'same';

/** The first thing that is wrong with hours as they were typed, and null where nothing is. */
export function wrongHours({ days, from, to }: Hours): WrongHours | null {
  if (days.length === 0) return 'days';
  if (from === '') return 'from';
  if (to === '') return 'to';
  return from === to ? 'same' : null;
}

/** Whether hours go on past midnight, into a day that was not named. */
export const isPastMidnight = ({ from, to }: Pick<Hours, 'from' | 'to'>): boolean =>
  from !== '' && to !== '' && to < from;

/**
 * The groups that follow the first server, in their order, by the number that was chosen for each server: 2 goes
 * before 3. Numbers that nobody has are left out, and so is the server that goes first by itself.
 */
export function groupsOf(first: string, chosen: ReadonlyMap<string, number>): string[][] {
  const following = [...chosen].filter(([serverId]) => serverId !== first);
  return [...Map.groupBy(following, ([, group]) => group)]
    .toSorted(([a], [b]) => a - b)
    .map(([, members]) => members.map(([serverId]) => serverId));
}

/** Every time zone that this browser knows by name, and the one it stands in. */
export function timeZones(): { zones: readonly string[]; here: string } {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = new Set(['UTC', here, ...Intl.supportedValuesOf('timeZone')]);
  return { zones: [...zones].toSorted(), here };
}
