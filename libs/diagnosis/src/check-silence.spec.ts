import { describe, expect, it } from 'vitest';
import { checksSilent } from './check-silence.ts';

const RHYTHM = { everySeconds: 60, roundMs: 20_000 };
const ages = (byCheck: Record<string, number>, server = 'svc01') =>
  Object.entries(byCheck).map(([check, seconds]) => ({
    server,
    check,
    target: 'imap',
    ageMs: seconds * 1_000,
  }));
const silent = (byCheck: Record<string, number>) =>
  checksSilent(ages(byCheck), RHYTHM).flatMap(({ checks }) => checks);

describe('a check that does not run', () => {
  it.each([
    [
      'is told after two rounds and half a minute',
      { 'imap.tls': 151, 'dns.resolve': 30 },
      ['imap.tls (imap)'],
    ],
    ['is not told before', { 'imap.tls': 150, 'dns.resolve': 30 }, []],
    ['is not told while the first round after a pause runs', { 'imap.tls': 900, 'dns.resolve': 5 }, []],
    ['is not told where nothing runs', { 'imap.tls': 900, 'dns.resolve': 800 }, []],
    [
      'is not told where each is of the last round, or the one before',
      { 'imap.tls': 61, 'dns.resolve': 1 },
      [],
    ],
  ])('%s', (_, byCheck, told) => {
    expect(silent(byCheck)).toEqual(told);
  });

  it('is told of its own server, whatever others do', () => {
    const two = [...ages({ 'imap.tls': 200, 'dns.resolve': 30 }), ...ages({ 'imap.tls': 30 }, 'svc02')];
    expect(checksSilent(two, RHYTHM)).toEqual([
      { kind: 'check-silent', server: 'svc01', checks: ['imap.tls (imap)'] },
    ]);
  });
});
