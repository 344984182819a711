import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, MedianOfOthers } from './median.ts';

describe('the median of all others', () => {
  const owners = ['a', 'b', 'c'] as const;

  it('is that of what is left when the own numbers are taken away, equal ones among them', () => {
    const measured = fc.array(fc.tuple(fc.constantFrom(...owners), fc.integer({ min: 0, max: 9 })));
    fc.assert(
      fc.property(measured, (all) => {
        const medians = new MedianOfOthers<string>();
        for (const [owner, number] of all) medians.add(owner, number);
        for (const owner of [...owners, 'nobody']) {
          const others = all.flatMap(([of, number]) => (of === owner ? [] : [number]));
          expect(medians.besides(owner)).toBe(median(others));
        }
      }),
      { numRuns: 1_000, seed: 20_261_128 },
    );
  });
});
