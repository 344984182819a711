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
