import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeSpreads, type Spread, spreadOf } from './spread.ts';

const values = fc.array(
  fc.integer({ min: 0, max: 300_000 }).map((tenths) => tenths / 10),
  { minLength: 1, maxLength: 60 },
);
const rank = (sorted: number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;

describe('how long something took', () => {
  it.each([
    [[7], { least: 7, median: 7, p95: 7, most: 7 }],
    [[4, 1, 3, 2], { least: 1, median: 2, p95: 4, most: 4 }],
    [Array.from({ length: 100 }, (_, n) => n + 1), { least: 1, median: 50, p95: 95, most: 100 }],
    [[0, 0, 0], { least: 0, median: 0, p95: 0, most: 0 }],
  ])('is told of %j by values that occurred', (given, told) => {
    expect(spreadOf(given)).toMatchObject(told);
  });

  it('is not told of nothing', () => {
    expect(spreadOf([])).toBeNull();
    expect(mergeSpreads([])).toBeNull();
  });

  it('is told of several hours within the breadth of a step, however they are put together', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 2, maxLength: 6 }), (hours) => {
        const spreads = hours.map((each) => spreadOf(each) as Spread);
        const merged = mergeSpreads(spreads) as Spread;
        const sorted = hours.flat().sort((a, b) => a - b);
        expect(merged).toMatchObject({ least: sorted[0], most: sorted.at(-1) });
        for (const [share, told] of [
          [0.5, merged.median],
          [0.95, merged.p95],
        ] as const)
          expect(Math.abs(told - rank(sorted, share))).toBeLessThanOrEqual(0.025 * rank(sorted, share) + 0.1);
        const [first, ...others] = spreads as [Spread, ...Spread[]];
        expect(mergeSpreads([mergeSpreads(others) as Spread, first])).toEqual(merged);
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});
