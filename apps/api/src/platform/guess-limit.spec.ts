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
});
