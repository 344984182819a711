import { describe, expect, it } from 'vitest';
import type { SeriesBucket } from '../api/types.ts';
import { runsOf, scaleOf, slotsOf } from './bands.ts';

const slot = (median: number | null, fail = 0): SeriesBucket =>
  ({
    pass: median === null ? 0 : 3,
    warn: 0,
    fail,
    durationMs: median === null ? null : { least: median - 1, median, p95: median * 2, most: median * 3 },
  }) as unknown as SeriesBucket;

describe('latency bands', () => {
  const buckets = [slot(10), slot(12), null, slot(14), slot(null, 2), slot(20, 1)];

  it('are cut where nothing was observed and where nothing passed: no line is drawn across a gap', () => {
    expect(runsOf(buckets).map((run) => run.map(({ times }) => times.median))).toEqual([
      [10, 12],
      [14],
      [20],
    ]);
  });

  it('mark every slot in which something failed, whether or not something passed', () => {
    expect(slotsOf(buckets).filter(({ failed }) => failed)).toHaveLength(2);
    expect(slotsOf(buckets)).toHaveLength(5);
  });

  it('stand on a scale that ends above all of them, at 1, 2 or 5', () => {
    expect(scaleOf([[slot(10)], [slot(240)]])).toBe(500);
    expect(scaleOf([[slot(50)]])).toBe(100);
    expect(scaleOf([[null, slot(null, 1)]])).toBe(1);
  });
});
