import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import type { AnswerTables } from './sign-in/answers.ts';
import { changed, failing } from './testing/faults.ts';
import { app, but, everywhere, faulty, svc, withEvidence } from './testing/fixtures.ts';
import {
  certificate,
  claimsOf,
  connectOf,
  dnsOf,
  sections,
  signedIn,
  SITE,
  tlsOf,
  wellAt,
} from './testing/healthy.ts';

const diagnose = (servers: ServerResults[], answers?: AnswerTables): Finding[] =>
  diagnoseSite({ site: SITE, servers, ...(answers ? { answers } : {}) });
const rules = (servers: ServerResults[]): string[] => diagnose(servers).map(({ rule }) => rule);
const refusedLogin = (result: CheckResult) =>
  failing(result, 'authenticate', 'denied', {
    login: { user: 'sales@example.com', reply: 'NO AUTHENTICATE failed.' },
  });

describe('what is normal, and no finding', () => {
  it('is another address from another resolver, as long as it leads through', () => {
    const own = { dns: dnsOf(['52.97.200.1', '2603:1026:c0d::99'], '192.0.2.99') };
    expect(diagnose([everywhere(own), app()])).toEqual([]);
  });

  it('is one exit each of two servers, and two addresses of one pool', () => {
    const exit = (address: string, server = svc()) =>
      but(server, 'smtp.submission', withEvidence({ smtp: { helloAddress: address } }));
    expect(diagnose([exit('198.51.100.9'), app()])).toEqual([]);
    expect(diagnose([exit('203.0.113.200'), svc('svc02'), app()])).toEqual([]);
  });

  it('is a front end of another region that is as near', () => {
    const frontEnd = 'SN6PR01CA0001.PROD.EXCHANGELABS.COM';
    const server = everywhere({ imap: { frontEnd }, smtp: { frontEnd }, pop3: { frontEnd } });
    expect(diagnose([server, svc('svc02'), app()])).toEqual([]);
  });

  it('is a longer way that nobody notices', () => {
    expect(diagnose([everywhere({ connect: connectOf(95) }), svc('svc02'), app()])).toEqual([]);
  });

  it('is a busy machine, on which some connects take long and others do not', () => {
    const spread = { ...connectOf(20), roundTrip: { count: 3, medianMs: 610, spreadMs: 600 } };
    expect(diagnose([everywhere({ connect: spread }), svc('svc02'), app()])).toEqual([]);
    const slow = but(svc(), 'imap.tls', withEvidence({ connect: connectOf(610) }));
    expect(diagnose([slow, svc('svc02'), app()])).toEqual([]);
  });

  it('is a private root under a host of the site’s own', () => {
    const tls = tlsOf({ anchor: 'machine', chain: [certificate('CN=Example Root, O=Example Ltd')] });
    const own = wellAt('exchange', { tls });
    const target = { name: 'our-own', host: 'ece.example.com', port: 443 };
    expect(
      diagnose([{ ...svc(), results: [...svc().results, { ...own, check: 'https.reach', target }] }]),
    ).toEqual([]);
  });
});

describe('what a hostile token says', () => {
  it.each([-1e20, 1e20, 0.5, Number.MAX_VALUE])('is no reason to fail: exp %s', (exp) => {
    const odd = but(svc(), 'imap.mailbox', (result) =>
      failing(result, 'authenticate', 'denied', { claims: claimsOf({ exp }) }),
    );
    expect(rules([odd, svc('svc02')])).toHaveLength(1);
  });
});

describe('what a rule leaves to another', () => {
  it('is a closed port where the same address is reached on another', () => {
    const dns = dnsOf(['52.97.200.1'], '192.0.2.99');
    const attempts = [{ address: '52.97.200.1', family: 4, outcome: 'reached', ms: 20 }];
    const server = everywhere({ dns, connect: { attempts, used: '52.97.200.1' } });
    const closed = but(server, 'imap.tls', (result) => failing(result, 'connect', 'timeout'));
    expect(rules([closed, svc('svc02')])).toEqual(['connect.timeout']);
  });

  it('is SMTP that one server alone is refused: place or way, and not the mailbox’s switch', () => {
    const finding = diagnose([but(svc(), 'smtp.login', refusedLogin), svc('svc02')]);
    expect(finding.map(({ rule, checklistItem }) => [rule, checklistItem])).toEqual([
      ['login.token-refused', 'X4'],
    ]);
  });

  it('is a certificate out of its dates where the clock is off by little', () => {
    const minutes = changed(
      svc(),
      ({ evidence }) => evidence.clock !== undefined,
      withEvidence({ clock: { source: 'http-date', aheadMs: 120_000 } }),
    );
    const expired = but(minutes, 'pop3.tls', (result) =>
      failing(result, 'tls', 'untrusted', { tls: tlsOf({ trusted: false, distrust: 'CERT_HAS_EXPIRED' }) }),
    );
    expect(diagnose([expired]).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['clock.wrong', 'warning'],
      ['tls.expired', 'info'],
    ]);
  });

  it('is a name that cannot be looked up on a server without any way out', () => {
    const server = but(faulty('server.offline network'), 'smtp.submission', (result) =>
      failing(result, 'resolve', 'timeout'),
    );
    const [finding, ...others] = diagnose([server]);
    expect([finding?.key, others]).toEqual(['server.offline network', []]);
    expect(finding?.consequences.map(({ check }) => check)).toContain('smtp.submission');
  });

  it('is a closed port at an address that needs no look-up, while no name can be looked up', () => {
    const target = { name: 'relay', host: '192.0.2.25', port: 25 };
    const relay = {
      ...failing(wellAt('smtp'), 'connect', 'refused'),
      check: 'tcp.connect',
      target,
      phases: [],
      evidence: {},
    };
    const dead = faulty('resolve.no-answer resolver');
    expect(rules([{ ...dead, results: [...dead.results, relay] }])).toEqual([
      'resolve.no-answer',
      'connect.refused',
    ]);
  });

  it('is a resolver, and no single name, that answers for one host and fails for two', () => {
    const shaky = changed(
      svc(),
      ({ target }) => ['smtp', 'login'].includes(target.name),
      (result) => failing(result, 'resolve', 'timeout'),
    );
    expect(diagnose([shaky]).map(({ key, scope }) => [key, scope.checks.length])).toEqual([
      ['resolve.no-answer resolver', 2],
    ]);
  });

  it('is a token request that fails somehow while no name can be resolved', () => {
    const dead = faulty('resolve.no-answer resolver');
    const server = but(dead, 'token.refresh', () => failing(signedIn('token.refresh'), 'token', 'timeout'));
    const [finding, ...others] = diagnose([server]);
    expect(others).toEqual([]);
    expect(finding?.consequences.map(({ check }) => check)).toContain('token.refresh');
  });

  it('is the owner of what one server alone is told: the tables speak of the tenant', () => {
    const row = {
      meaning: { en: 'No.', ja: 'いいえ。' },
      action: { en: 'Ask.', ja: '確認してください。' },
      items: ['C1'],
      owner: 'exchange' as const,
      rung: 'row' as const,
      retry: 'no' as const,
      cause: null,
      denies: null,
    };
    const tables: AnswerTables = { token: () => null, exchange: () => row };
    const refused = but(svc(), 'imap.mailbox', refusedLogin);
    expect(diagnose([refused], tables)[0]).toMatchObject({ owner: 'exchange', checklistItem: 'C1' });
    const passing = but(svc('svc02'), 'imap.mailbox', (result) => ({
      ...result,
      evidence: sections({ mailbox: { opened: true } }),
    }));
    expect(diagnose([refused, passing], tables)[0]).toMatchObject({ owner: 'entra', checklistItem: 'X4' });
  });
});
