import { describe, expect, it } from 'vitest';
import { Occasions, type Recurrence } from './occasions.ts';

const SEEDS = [1, 2, 7, 42, 4_294_967_295];

function met(recurrence: Recurrence, occasions: number): boolean[] {
  const counted = new Occasions();
  return Array.from({ length: occasions }, () => counted.isMet(recurrence));
}

describe('a recurrence', () => {
  it('is met every time unless told', () => {
    expect(met({}, 5)).toEqual([true, true, true, true, true]);
  });

  it.each([1, 2, 5])('of %i times is met so often and then no more', (times) => {
    expect(met({ times }, times + 3)).toEqual([...Array<boolean>(times).fill(true), false, false, false]);
  });

  it('takes turns with what is well', () => {
    expect(met({ times: 2, thenWell: 1 }, 7)).toEqual([true, true, false, true, true, false, true]);
  });

  it.each(SEEDS)('picks the same share for the seed %i each time, and about as many as told', (seed) => {
    for (const share of [0.1, 0.25, 0.5, 0.9]) {
      const first = met({ share, seed }, 4_000);
      expect(met({ share, seed }, 4_000)).toEqual(first);
      const part = first.filter(Boolean).length / first.length;
      expect(Math.abs(part - share)).toBeLessThan(0.05);
    }
  });

  it('picks others for another seed', () => {
    const picked = SEEDS.map((seed) => met({ share: 0.5, seed }, 64).join());
    expect(new Set(picked).size).toBe(SEEDS.length);
  });

  it('counts of a share only those it was met on', () => {
    expect(met({ share: 0.5, seed: 3, times: 4 }, 200).filter(Boolean)).toHaveLength(4);
  });

  it('is never met with a share of nothing', () => {
    expect(met({ share: 0 }, 50)).not.toContain(true);
  });
});
