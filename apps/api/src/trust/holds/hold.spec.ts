import { CheckResult } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { backoffMs, holdAfter } from './hold.ts';

const now = new Date('2026-11-24T03:00:00Z');
const result = (changes: object): CheckResult =>
  CheckResult.parse({
    id: '0192f000-0000-7000-8000-000000000001',
    check: 'imap.mailbox',
    target: { name: 'sales', host: 'outlook.office365.com', port: 993, mailbox: 'sales@example.com' },
    outcome: 'pass',
    startedAt: now.toISOString(),
    durationMs: 1,
    phases: [],
    failure: null,
    reason: null,
    evidence: {},
    repeats: null,
    ...changes,
  });
const failed = (phase: string, code: string, message = 'no') =>
  result({ outcome: code === 'throttled' ? 'throttled' : 'fail', failure: { phase, code, message } });
const throttled = (message: string, evidence: object = {}) =>
  result({ outcome: 'throttled', failure: { phase: 'authenticate', code: 'throttled', message }, evidence });

describe('what a result makes others keep away from', () => {
  it.each(['token', 'authenticate'])(
    'is the credential for ten minutes when it was refused in %s',
    (phase) => {
      expect(holdAfter(failed(phase, 'denied'), now)).toMatchObject({
        of: 'credential',
        until: new Date('2026-11-24T03:10:00Z'),
        reason: `imap.mailbox: refused in the phase ${phase}`,
      });
    },
  );

  it.each([
    ['a wrong client secret', 7000215, true],
    ['an expired client secret', 7000222, true],
    ['a wrong password', 50126, true],
    ['a locked account', 50053, true],
    ['a revoked grant', 50173, true],
    ['a policy of the place', 53003, false],
    ['a number that nobody knows', 99999, false],
  ])(
    'is the credential of all servers for %s, and of one where it depends on the place',
    (_, aadsts, everywhere) => {
      const refused = failed('token', 'denied');
      const evidence = { token: { aadsts } } as CheckResult['evidence'];
      expect(holdAfter({ ...refused, evidence }, now)).toMatchObject({ of: 'credential', everywhere });
    },
  );

  it.each([
    ['open-mailbox', 'denied'],
    ['send', 'denied'],
    ['authenticate', 'unavailable'],
    ['authenticate', 'timeout'],
    ['connect', 'refused'],
  ])('is nothing after %s %s', (phase, code) => {
    expect(holdAfter(failed(phase, code), now)).toBeNull();
  });

  it('is nothing after a pass', () => {
    expect(holdAfter(result({}), now)).toBeNull();
  });

  it.each(['token.redeem', 'token.device-code'])('is nothing after a refused %s', (check) => {
    expect(holdAfter({ ...failed('token', 'denied'), check }, now)).toBeNull();
  });

  it('is the mailbox, for a minute, when the other end asked to slow down and did not say for how long', () => {
    expect(holdAfter(failed('authenticate', 'throttled'), now)).toMatchObject({
      of: 'mailbox',
      until: new Date('2026-11-24T03:01:00Z'),
      reason: 'imap.mailbox: the other end asked to slow down',
    });
  });
});

describe('how long the other end asked to wait', () => {
  it.each<[string, CheckResult, number]>([
    ['Retry-After in seconds', throttled('429', { token: { retryAfter: '120' } }), 120_000],
    [
      'Retry-After as a date',
      throttled('429', { token: { retryAfter: 'Tue, 24 Nov 2026 03:05:00 GMT' } }),
      300_000,
    ],
    [
      "Exchange's own words in the message",
      throttled('BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds'),
      299_961,
    ],
    [
      'the same in the dialogue',
      throttled('throttled', { dialogue: { lines: ['S: BAD Suggested Backoff Time: 5000 milliseconds'] } }),
      5_000,
    ],
    ['the longest of several', throttled('Retry-After: 30', { token: { retryAfter: '45' } }), 45_000],
    ['more than an hour', throttled('429', { token: { retryAfter: '999999999' } }), 3_600_000],
    ['Retry-After with blanks around it', throttled('429', { token: { retryAfter: ' 90 ' } }), 90_000],
    [
      'Retry-After in the old form of a date',
      throttled('429', { token: { retryAfter: 'Tuesday, 24-Nov-26 03:02:00 GMT' } }),
      120_000,
    ],
    [
      'a date that has passed',
      throttled('429', { token: { retryAfter: 'Tue, 24 Nov 2026 02:00:00 GMT' } }),
      0,
    ],
    ['Retry-After in a text', throttled('4.7.500 busy, Retry-After: 75'), 75_000],
    ['Retry-After in a text, without a colon', throttled('busy, retry-after 1200, please'), 1_200_000],
    ['Retry-After in a text, without a blank', throttled('retry-after:  200'), 200_000],
    ['Retry-After in a text, followed by its number', throttled('retry-after:80'), 80_000],
    ['a backoff time without a colon', throttled('backoff time 70000 milliseconds'), 70_000],
    ['a backoff time without blanks', throttled('Backoff Time:70000milliseconds'), 70_000],
    ['a backoff time with more blanks', throttled('Backoff Time:  70000  milliseconds'), 70_000],
    ['nothing, where no failure is told', { ...throttled('429'), failure: null }, 60_000],
    ['a number with a unit', throttled('429', { token: { retryAfter: '120s' } }), 60_000],
    ['a number behind a word', throttled('429', { token: { retryAfter: 'in 120' } }), 60_000],
    ['nonsense', throttled('429', { token: { retryAfter: 'soon' } }), 60_000],
  ])('is read from %s', (_, given, ms) => {
    expect(backoffMs(given, now)).toBe(ms);
  });
});
