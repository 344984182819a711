import { describe, expect, it } from 'vitest';
import { isWithin, UpgradeHours } from './upgrade-hours.ts';

const hours = (changes: object) =>
  UpgradeHours.parse({ days: ['sat'], from: '01:00', to: '04:00', ...changes });

describe('the hours in which servers are upgraded', () => {
  it.each([
    // 2026-11-28 is a Saturday.
    ['inside', {}, '2026-11-28T01:00:00Z', true],
    ['at their end', {}, '2026-11-28T04:00:00Z', false],
    ['on another day', {}, '2026-11-27T02:00:00Z', false],
    ['before midnight', { from: '22:00' }, '2026-11-28T22:00:00Z', true],
    ['after midnight, on the next day', { from: '22:00' }, '2026-11-29T03:59:00Z', true],
    ['after midnight of the day before', { from: '22:00' }, '2026-11-28T03:59:00Z', false],
    ['in their own time zone', { timeZone: 'Asia/Tokyo' }, '2026-11-27T16:30:00Z', true],
    ['past the week', { days: ['sun'], from: '22:00' }, '2026-11-30T01:00:00Z', true],
  ])('know a moment %s', (_, changes, moment, expected) => {
    expect(isWithin(hours(changes), new Date(moment))).toBe(expected);
  });

  it.each([{ timeZone: 'Mars/Base' }, { from: '25:00' }, { from: '04:00' }, { days: [] }])(
    'refuse %j',
    (changes) => {
      expect(() => hours(changes)).toThrow(/write|Too small|>=1/);
    },
  );
});
