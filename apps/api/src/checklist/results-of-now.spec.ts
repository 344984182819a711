import type { CheckResult, Task } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { resultsOfNow } from './results-of-now.ts';

const NOW = new Date('2026-11-24T03:00:00.000Z');
const LIMITS = { pathMs: 60_000, mailMs: 600_000 };
const IMAP = { name: 'imap', host: '127.0.0.1', port: 993 };
const SALES = { name: 'sales', host: '127.0.0.1', port: 993, mailbox: 'sales@example.com' };

const result = (check: string, target: CheckResult['target'], secondsAgo: number): CheckResult => ({
  id: '0192f000-0000-7000-8000-000000000001',
  check,
  target,
  outcome: 'pass',
  startedAt: new Date(NOW.getTime() - secondsAgo * 1_000).toISOString(),
  durationMs: 1,
  phases: [],
  failure: null,
  reason: null,
  evidence: {},
  repeats: null,
});
const tasks: Task[] = [
  { check: 'imap.tls', target: IMAP },
  { check: 'imap.mailbox', target: SALES },
];

describe('the results that speak of now', () => {
  it.each<[string, CheckResult, boolean | null]>([
    ['a fresh one', result('imap.tls', IMAP, 60), false],
    ['an old one', result('imap.tls', IMAP, 61), true],
    ['one of a mailbox, which is looked at less often', result('imap.mailbox', SALES, 600), false],
    ['an old one of a mailbox', result('imap.mailbox', SALES, 601), true],
    ['one aimed elsewhere', result('imap.tls', { ...IMAP, port: 994 }, 1), null],
    ['one of another mailbox', result('imap.mailbox', { ...SALES, mailbox: 'b@example.com' }, 1), null],
    ['a target that the site has no more', result('tcp.connect', { ...IMAP, name: 'relay' }, 1), null],
    ['a sign-in, which no round asks for', result('token.redeem', SALES, 1), false],
  ])('%s', (_, one, stale) => {
    const expected = stale === null ? [] : [{ result: one, stale }];
    expect(resultsOfNow([one], tasks, NOW, LIMITS)).toEqual(expected);
  });
});
