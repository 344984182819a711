import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Outcome } from '@mailpath/protocol';
import { lastBefore, writeSeconds } from './seconds.ts';

const HOUR = new Date(Date.UTC(2026, 0, 1, 7));
const ms = fc.integer({ min: 0, max: 3_599_999 });
const results = fc.array(fc.record({ at: ms, outcome: fc.constantFrom(...Outcome.options) }), {
  maxLength: 60,
});

describe('the seconds beside a pack', () => {
  it('never tell of less than there is, and of hardly more', () => {
    fc.assert(
      fc.property(
        results,
        fc.option(fc.subarray([...Outcome.options], { minLength: 1 })),
        ms,
        (all, outcomes, before) => {
          const seconds = writeSeconds(
            all.map(({ at, outcome }) => ({ observedAt: HOUR.getTime() + at, outcome })),
            HOUR,
          );
          const last = lastBefore(seconds, { results: all.length, outcomes, before });
          const own = all.filter(({ outcome }) => outcomes === null || outcomes.includes(outcome));
          const newest = Math.max(...own.flatMap(({ at }) => (at < before ? at : [])));
          // After the newest that there is, and in a second with a result or in one that parts two of them.
          const isRight =
            last === null
              ? newest === -Infinity
              : last > newest && last <= before && own.some(({ at }) => Math.abs(at - last) < 3_000);
          expect(isRight).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('are two bytes a round', () => {
    const rounds = Array.from({ length: 2_400 }, (_, n) => ({
      observedAt: HOUR.getTime() + Math.floor(n / 40) * 60_000 + (n % 40) * 50,
      outcome: 'pass' as const,
    }));
    expect(writeSeconds(rounds, HOUR).length).toBeLessThanOrEqual(130);
  });

  it('tell nothing of a pack that was written without them', () => {
    const one = [{ observedAt: HOUR.getTime() + 5_000, outcome: 'pass' as const }];
    const sought = { results: 2, outcomes: ['fail'], before: 60_000 };
    expect(lastBefore(writeSeconds(one, HOUR), sought)).toBe(60_000);
    expect(lastBefore(null, sought)).toBe(60_000);
    expect(lastBefore(writeSeconds(one, HOUR), { ...sought, results: 1 })).toBeNull();
  });
});
