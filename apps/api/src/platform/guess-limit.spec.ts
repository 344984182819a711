import { describe, expect, it } from 'vitest';
import { GuessLimit } from './guess-limit.ts';

describe('the limit on guessed enrolment codes', () => {
  it('stops a caller after ten wrong codes, and lets it try again when the minute is over', () => {
    let now = 0;
    const limit = new GuessLimit(() => now);
    for (let guess = 0; guess < 10; guess += 1) {
      expect(limit.waitSeconds('10.0.0.1')).toBe(0);
      limit.count('10.0.0.1');
    }
    expect(limit.waitSeconds('10.0.0.1')).toBe(60);
    expect(limit.waitSeconds('10.0.0.2')).toBe(0);
    now = 60_000;
    expect(limit.waitSeconds('10.0.0.1')).toBe(0);
    limit.count('10.0.0.1');
    expect(limit.waitSeconds('10.0.0.1')).toBe(0);
  });

  it('hears all right tries of one moment, and overlooks no wrong one among them', async () => {
    const limit = new GuessLimit(() => 0);
    let [under, most] = [0, 0];
    const answers = async (tries: readonly string[]) => {
      const told = tries.map((answer) =>
        limit.tried(
          '10.0.0.1',
          async () => {
            most = Math.max(most, (under += 1));
            await Promise.resolve();
            under -= 1;
            if (answer !== 'right') throw new Error(answer);
            return answer;
          },
          (error) => (error as Error).message === 'wrong',
          (seconds) => new Error(`wait ${seconds}`),
        ),
      );
      return (await Promise.allSettled(told)).map((each) =>
        each.status === 'fulfilled' ? each.value : (each.reason as Error).message,
      );
    };
    const many = (count: number, answer: string): string[] => Array.from({ length: count }, () => answer);
    expect(await answers(many(100, 'right'))).toEqual(many(100, 'right'));
    expect(await answers(many(100, 'over'))).toEqual(many(100, 'over'));
    expect(most).toBe(10);
    const mixed = await answers([...many(8, 'wrong'), ...many(50, 'right'), ...many(50, 'wrong')]);
    expect(mixed).toEqual([
      ...many(8, 'wrong'),
      ...many(50, 'right'),
      ...many(2, 'wrong'),
      ...many(48, 'wait 60'),
    ]);
  });

  it('counts what may be a guess at once, and takes it back from where it was counted', () => {
    let now = 0;
    const limit = new GuessLimit(() => now);
    const tries = Array.from({ length: 10 }, () => limit.count('10.0.0.1'));
    expect(limit.waitSeconds('10.0.0.1')).toBe(60);
    tries[0]?.();
    expect(limit.waitSeconds('10.0.0.1')).toBe(0);
    now = 60_000;
    for (let guess = 0; guess < 10; guess += 1) limit.count('10.0.0.1');
    // Of the minute before: it gives nothing to this one.
    tries[1]?.();
    expect(limit.waitSeconds('10.0.0.1')).toBe(60);
  });
});
