import { describe, expect, it } from 'vitest';
import { groupsOf, type Hours, isPastMidnight, timeZones, wrongHours } from './plan.ts';

const NIGHT: Hours = { days: ['sat'], from: '22:00', to: '04:00', timeZone: 'Asia/Tokyo' };

describe('the groups of an upgrade', () => {
  it('follow by their numbers, whatever order they were chosen in, without empty ones', () => {
    const chosen = new Map([
      ['d', 4],
      ['b', 2],
      ['c', 4],
    ]);
    expect(groupsOf('a', chosen)).toEqual([['b'], ['d', 'c']]);
    expect(groupsOf('a', new Map())).toEqual([]);
  });

  it('never name the server that goes first by itself, also where it was chosen before', () => {
    const chosen = new Map([
      ['a', 2],
      ['b', 3],
    ]);
    expect(groupsOf('a', chosen)).toEqual([['b']]);
  });
});

describe('hours that were typed', () => {
  it.each([
    [NIGHT, null],
    [{ ...NIGHT, days: [] }, 'days'],
    [{ ...NIGHT, from: '' }, 'from'],
    [{ ...NIGHT, to: '' }, 'to'],
    [{ ...NIGHT, to: '22:00' }, 'same'],
    [{ days: [], from: '', to: '', timeZone: 'UTC' }, 'days'],
  ])('%j are wrong in %j', (hours, wrong) => {
    expect(wrongHours(hours)).toBe(wrong);
  });

  it('go past midnight where they end earlier than they begin', () => {
    expect(isPastMidnight(NIGHT)).toBe(true);
    expect(isPastMidnight({ from: '01:00', to: '05:00' })).toBe(false);
    expect(isPastMidnight({ from: '22:00', to: '' })).toBe(false);
  });
});

describe('time zones', () => {
  it('have UTC and the reader’s own, each once', () => {
    const { zones, here } = timeZones();
    expect(zones).toContain('UTC');
    expect(zones).toContain(here);
    expect(new Set(zones).size).toBe(zones.length);
  });
});
