import { describe, expect, it } from 'vitest';
import { placeInTime } from './observed-at.ts';

const RECEIVED = new Date('2026-11-24T03:00:00.000Z');
const DAY_MS = 86_400_000;
const place = (told: string, aheadMs = 0) => {
  const { observedAt, startedAt } = placeInTime(told, { receivedAt: RECEIVED, aheadMs, keptMs: 90 * DAY_MS });
  return [observedAt.toISOString(), startedAt?.toISOString() ?? null];
};

describe('the moment of a result', () => {
  it.each(['2026-11-24T02:59:59.000Z', '2026-11-17T03:00:00.000Z', '2026-11-24T03:00:09.000Z'])(
    'is %s as its server said, for a clock that can be right',
    (told) => expect(place(told)).toEqual([told, null]),
  );

  it('is corrected by what other ends have shown of the clock, ahead or behind', () => {
    expect(place('2026-12-15T02:59:50.000Z', 21 * DAY_MS)).toEqual([
      '2026-11-24T02:59:50.000Z',
      '2026-12-15T02:59:50.000Z',
    ]);
    expect(place('2026-11-03T02:59:50.000Z', -21 * DAY_MS)[0]).toBe('2026-11-24T02:59:50.000Z');
  });

  it('is left alone where the clock is off by no more than measuring is', () => {
    expect(place('2026-11-24T02:59:50.000Z', 4_000)).toEqual(['2026-11-24T02:59:50.000Z', null]);
  });

  it.each([
    ['weeks ahead', '2026-12-15T03:00:00.000Z', 0],
    ['minutes ahead', '2026-11-24T03:05:00.000Z', 0],
    ['older than what is kept', '2026-08-01T00:00:00.000Z', 0],
    ['of another century', '1970-01-01T00:00:00.000Z', 0],
    ['of a clock of which nonsense is told', '2026-11-24T02:59:50.000Z', 1e300],
    ['of a clock that puts it after its arrival', '2026-11-24T02:59:50.000Z', -DAY_MS],
  ])('is that of its arrival when it is %s', (_, told, aheadMs) => {
    expect(place(told, aheadMs)).toEqual([RECEIVED.toISOString(), told]);
  });
});
