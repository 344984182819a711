import { describe, expect, it } from 'vitest';
import { enrolCommands, makeEnrolmentCode, normaliseCode } from './enrolment-code.ts';

describe('an enrolment code', () => {
  it('holds at least 128 random bits in groups that a person can type', () => {
    const codes = Array.from({ length: 200 }, makeEnrolmentCode);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(new Set(codes).size).toBe(200);
  });

  it.each([
    ['https://mailpath.example.com', 'https://mailpath.example.com', ''],
    ['http://localhost:8025', 'http://localhost:8025', ''],
    ['http://10.0.0.5:8025', 'http://10.0.0.5:8025', ' --insecure-http'],
    ['http://[::1]:8025', "'http://[::1]:8025'", ''],
    ["https://m.example.com/a'b$(c)", "'https://m.example.com/a%27b$(c)'", ''],
  ])('comes with the lines to type on the server, for an API at %s', (base, written, last) => {
    expect(enrolCommands(base, 'CODE')).toEqual({
      linux: `sudo node /opt/mailpath-agent/mailpath-agent.cjs enrol ${written} CODE${last}`,
      windows: `node 'C:\\Program Files\\mailpath-agent\\mailpath-agent.cjs' enrol ${written} CODE${last}`,
    });
  });

  it('is the same code when typed in small letters, with spaces, and with letters that look like digits', () => {
    const shown = '0123A-BCD1E-FGH0J-KMNPQ-RSTVWX';
    expect(normaliseCode(' o123a bcdLe-fghOj KMNPQ-rstvwx ')).toBe(normaliseCode(shown));
  });
});
