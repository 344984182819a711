import { describe, expect, it } from 'vitest';
import { BUCKETS_MAX, slotOf, spanOf } from './span.ts';

const NOW = Date.parse('2026-11-28T12:34:56.789Z');
const iso = (ms: number): string => new Date(ms).toISOString();

describe('the slots of a span', () => {
  it.each([
    ['a day in 90', {}, 90, 'results', '2026-11-27T12:34:56.789Z', 960, 90],
    [
      'an hour in 7, which does not divide it',
      { from: '2026-11-28T11:34:56.789Z' },
      7,
      'results',
      '2026-11-28T11:34:56.789Z',
      515,
      7,
    ],
    [
      'two days in 1,000',
      { from: '2026-11-26T12:34:56.789Z' },
      1_000,
      'results',
      '2026-11-26T12:34:56.789Z',
      173,
      999,
    ],
    ['a day by hours', {}, 24, 'hours', '2026-11-27T12:00:00.000Z', 7_200, 13],
    [
      '30 days in 1,000, by hours',
      { from: '2026-10-29T12:34:56.789Z' },
      1_000,
      'hours',
      '2026-10-29T12:00:00.000Z',
      3_600,
      721,
    ],
    [
      'a year in 90, by days',
      { from: '2025-11-28T12:34:56.789Z' },
      90,
      'days',
      '2025-11-28T00:00:00.000Z',
      432_000,
      74,
    ],
  ])('are, for %s, of this length', (_, asked, buckets, source, from, bucketSeconds, count) => {
    const span = spanOf({ ...asked, buckets }, NOW);
    expect({ ...span, from: iso(span.from) }).toMatchObject({
      source,
      from,
      bucketMs: bucketSeconds * 1_000,
      count,
    });
    expect(span.count).toBeLessThanOrEqual(BUCKETS_MAX);
    expect(slotOf(span, span.from)).toBe(0);
    expect(slotOf(span, span.to - 1)).toBe(span.count - 1);
    expect(slotOf(span, span.from - 1)).toBeNull();
    expect(slotOf(span, span.to)).toBeNull();
    expect(slotOf(span, span.from + span.bucketMs)).toBe(1);
  });

  it.each([
    [{ from: '2026-11-28T12:34:56.789Z' }, 'before `to`'],
    [{ to: '2026-11-27T00:00:00Z', from: '2026-11-28T00:00:00Z' }, 'before `to`'],
    [{ from: '2016-01-01T00:00:00Z' }, 'ten years'],
  ])('refuse %j', (asked, words) => {
    expect(() => spanOf({ ...asked, buckets: 90 }, NOW)).toThrow(words);
  });
});
