import type { CheckResult, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { commonOf } from './generalise.ts';
import type { ServerView } from './look.ts';
import { classOf, destinationsOf, isPast, isWeb } from './observe.ts';
import { refutes } from './confirm.ts';
import { silencesOf } from './silence.ts';
import { failing } from './testing/faults.ts';
import { dnsOf, sections, signedIn, wellAt } from './testing/healthy.ts';

const named = (host: string, addresses: string[], pinned = false): CheckResult => ({
  ...wellAt('login'),
  target: { name: host, host, port: 443 },
  evidence: sections({ dns: { ...dnsOf(addresses), ...(pinned ? { pinned } : {}) } }),
});
const server = (...results: CheckResult[]): ServerView => ({
  name: 'svc01',
  roles: ['services'],
  results,
  firstLooks: [],
});

describe('whose place a result looked at', () => {
  it.each([
    ['imap.tls', 'mail.example.com', 'microsoft'],
    ['https.reach', 'outlook.office365.com', 'microsoft'],
    ['https.external-url', 'ece.example.com', 'site'],
    ['https.reach', 'intranet.example.com', 'extra'],
    ['tcp.connect', 'relay.example.com', 'extra'],
  ])('%s at %s is of the class %s', (check, host, of) => {
    expect(classOf({ ...wellAt('imap'), check, target: { name: 'one', host, port: 993 } })).toBe(of);
  });

  it.each([
    ['https.sign-in', 8443, true],
    ['tcp.connect', 443, true],
    ['tcp.connect', 993, false],
    ['imap.tls', 993, false],
  ])('%s on %i is of the web: %s', (check, port, web) => {
    expect(isWeb({ ...wellAt('imap'), check, target: { name: 'one', host: 'x.example', port } })).toBe(web);
  });
});

describe('what a result got past', () => {
  const walked = (phase: Phase, ...phases: Phase[]): CheckResult => ({
    ...failing(wellAt('smtp'), phase, 'timeout'),
    phases: phases.map((name) => ({ name, ms: 1 })),
  });

  it.each<[Phase, Phase, boolean]>([
    ['connect', 'resolve', true],
    ['connect', 'connect', false],
    ['connect', 'tls', false],
    ['resolve', 'resolve', false],
  ])('one that broke at %s is past %s: %s', (broke, asked, past) => {
    expect(isPast(walked(broke, 'resolve', 'connect'), asked)).toBe(past);
  });

  it('goes by how often a step that is walked twice was begun', () => {
    expect(isPast(walked('greet', 'resolve', 'connect', 'greet'), 'tls')).toBe(false);
    expect(isPast(walked('greet', 'resolve', 'connect'), 'tls')).toBe(false);
    expect(isPast(walked('greet', 'resolve', 'connect', 'greet', 'starttls', 'tls', 'greet'), 'tls')).toBe(
      true,
    );
  });
});

describe('the destination of a name', () => {
  it('is shared by names that share an address, by way of a third as well', () => {
    const found = destinationsOf(
      server(
        named('c.example', ['192.0.2.1']),
        named('a.example', ['192.0.2.2']),
        named('b.example', ['192.0.2.1', '192.0.2.2']),
      ),
    );
    expect([...found.values()]).toEqual(['a.example', 'a.example', 'a.example']);
  });

  it('is its own where the address was given by hand, or there is none', () => {
    const found = destinationsOf(
      server(
        named('a.example', ['192.0.2.1']),
        named('b.example', ['192.0.2.1'], true),
        named('c.example', []),
      ),
    );
    expect(Object.fromEntries(found)).toEqual({
      'a.example': 'a.example',
      'b.example': 'b.example',
      'c.example': 'c.example',
    });
  });
});

describe('what is alike, over and silent', () => {
  it('is in common only where all of them say it', () => {
    const parts = [
      { host: 'a', port: 1 },
      { host: 'a', port: 1 },
      { host: 'a', port: 2 },
    ];
    expect(commonOf(parts)).toEqual({ host: 'a' });
  });

  it('is not over by what was seen at the very same moment', () => {
    const failed = failing(signedIn('token.redeem'), 'token', 'denied');
    const later = { ...signedIn('imap.mailbox'), target: failed.target };
    const after = new Date(Date.parse(failed.startedAt) + 1).toISOString();
    expect(refutes({ ...later, startedAt: failed.startedAt }, failed)).toBe(false);
    expect(refutes({ ...later, startedAt: after }, failed)).toBe(true);
  });

  it('is nobody where there is nobody, and apart where a round lies between', () => {
    const now = new Date('2026-11-24T04:00:00.000Z');
    const listening = { everySeconds: 60, since: new Date(0), now };
    const silent = (name: string, seconds: number) => ({
      server: name,
      lastSeenAt: new Date(now.getTime() - seconds * 1_000),
      connected: false,
    });
    expect(silencesOf([], listening)).toEqual([]);
    const groups = (...agents: Parameters<typeof silencesOf>[0]) =>
      silencesOf([...agents, silent('on', 0)], listening).map(({ servers }) => servers);
    expect(groups(silent('a', 600), silent('b', 541))).toEqual([['a', 'b']]);
    expect(groups(silent('a', 600), silent('b', 540))).toEqual([['a'], ['b']]);
  });
});
