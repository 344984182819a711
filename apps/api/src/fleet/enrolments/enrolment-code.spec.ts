import { describe, expect, it } from 'vitest';
import { makeEnrolmentCode, normaliseCode } from './enrolment-code.ts';

describe('an enrolment code', () => {
  it('holds at least 128 random bits in groups that a person can type', () => {
    const codes = Array.from({ length: 200 }, makeEnrolmentCode);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(new Set(codes).size).toBe(200);
  });

  it('is the same code when typed in small letters, with spaces, and with letters that look like digits', () => {
    const shown = '0123A-BCD1E-FGH0J-KMNPQ-RSTVWX';
    expect(normaliseCode(' o123a bcdLe-fghOj KMNPQ-rstvwx ')).toBe(normaliseCode(shown));
  });
});
