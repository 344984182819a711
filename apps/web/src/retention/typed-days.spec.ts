import { describe, expect, it } from 'vitest';
import { shortened, typedDays } from './typed-days.ts';

describe('days that are typed', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['1', 1],
    [' 90 ', 90],
    ['3650', 3650],
    ['3651', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['九十', undefined],
  ])('%j are %j', (text, days) => {
    expect(typedDays(text)).toBe(days);
  });

  it('are said to delete where less stays than holds now, by themselves or by what was started with', () => {
    const inForce = { resultsDays: 90, hourRollUpsDays: 730, dayRollUpsDays: 3650 };
    const defaults = { resultsDays: 30, hourRollUpsDays: 730, dayRollUpsDays: 3650 };
    const typed = { resultsDays: null, hourRollUpsDays: 729, dayRollUpsDays: undefined };
    expect(shortened(typed, { defaults, inForce })).toEqual([
      { kind: 'resultsDays', days: 30 },
      { kind: 'hourRollUpsDays', days: 729 },
    ]);
    const longer = { resultsDays: 90, hourRollUpsDays: 800, dayRollUpsDays: null };
    expect(shortened(longer, { defaults, inForce })).toEqual([]);
  });
});
