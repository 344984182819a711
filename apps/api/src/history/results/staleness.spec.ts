import type { CheckResult } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { ageOf, clocksOf, staleness } from './staleness.ts';

const NOW = new Date('2026-11-24T03:10:00.000Z');
const result = (startedAt: string, aheadMs?: number, host = 'login.microsoftonline.com'): CheckResult => ({
  id: '0192f000-0000-7000-8000-000000000001',
  check: 'https.sign-in',
  target: { name: 'login', host, port: 443 },
  outcome: 'pass',
  startedAt,
  durationMs: 1,
  phases: [],
  failure: null,
  reason: null,
  evidence: aheadMs === undefined ? {} : { clock: { source: 'http-date', aheadMs } },
  repeats: null,
});

describe('the age of a result', () => {
  it('goes by the clock of its server where the other ends have shown that it is off', () => {
    const slow = result('2026-11-24T02:09:30.000Z', -3_600_000);
    const clocks = clocksOf([
      { serverId: 'slow', result: slow },
      { serverId: 'slow', result: result('2026-11-24T02:09:30.000Z', -3_599_000, 'smtp.office365.com') },
      { serverId: 'slow', result: result('2026-11-24T02:09:30.000Z', 86_400_000, 'outlook.office365.com') },
      { serverId: 'slow', result: result('2026-11-24T02:09:30.000Z') },
      { serverId: 'blinded', result: result('2026-11-24T03:09:30.000Z', 86_400_000) },
      { serverId: 'right', result: result('2026-11-24T03:09:30.000Z') },
    ]);
    expect([clocks('slow'), clocks('right'), clocks('unknown')]).toEqual([-3_600_000, 0, 0]);
    // The clock of one other end may be wrong itself.
    expect(clocks('blinded')).toBe(0);
    expect(ageOf({ result: slow, receivedAt: NOW }, NOW, -3_600_000)).toBe(30_000);
  });

  it('also goes on when the clock is ahead, and is never negative', () => {
    const fast = result('2026-11-24T04:00:00.000Z', 3_600_000);
    expect(ageOf({ result: fast, receivedAt: NOW }, NOW, 3_600_000)).toBe(600_000);
    expect(ageOf({ result: fast, receivedAt: NOW }, NOW, 0)).toBe(0);
  });

  it.each([0, -1e300, 1])(
    'is at least the time since it arrived, whatever a clock says (%s ms ahead)',
    (aheadMs) => {
      const receivedAt = new Date(NOW.getTime() - 240_000);
      expect(ageOf({ result: result('2027-01-01T00:00:00.000Z'), receivedAt }, NOW, aheadMs)).toBe(240_000);
    },
  );

  it('may be three rounds and their deadline, of sign-ins three of theirs', () => {
    expect(staleness({ everySeconds: 60, mailboxEverySeconds: 900 })).toEqual({
      staleAfterMs: 195_000,
      mailStaleAfterMs: 2_700_000,
    });
    expect(staleness({ everySeconds: 60, mailboxEverySeconds: null }).mailStaleAfterMs).toBe(3 * 86_400_000);
  });
});
