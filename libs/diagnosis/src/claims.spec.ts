import { describe, expect, it } from 'vitest';
import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { type Claim, isContradicted, observedBeside } from './claims.ts';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import type { Params } from './rule.ts';
import { ruleOf, RULES } from './rules.ts';
import { SITUATIONS } from './rules/situations.ts';
import { failing, FAULTS } from './testing/faults.ts';
import { app, but, svc } from './testing/fixtures.ts';
import { dnsOf, sections, SITE, tlsOf, wellAt } from './testing/healthy.ts';

const IMAP = 'outlook.office365.com:993';
const LATER = '2026-11-24T03:00:01.000Z';
const later = (result: CheckResult): CheckResult => ({ ...result, startedAt: LATER });
const broke = (phase: Phase, code: FailureCode, evidence = {}) =>
  failing(wellAt('imap'), phase, code, evidence);

type Case = [claim: Claim, rests: CheckResult, against: CheckResult, notAgainst?: CheckResult];
const CASES: Case[] = [
  [
    { claim: 'unreached', endpoint: IMAP },
    broke('connect', 'timeout'),
    later(wellAt('imap')),
    later(wellAt('pop3')),
  ],
  [
    { claim: 'unreached', endpoint: IMAP },
    broke('connect', 'timeout'),
    later(broke('tls', 'reset')),
    wellAt('imap'),
  ],
  [
    { claim: 'port-closed', port: 993, of: 'microsoft' },
    broke('connect', 'timeout'),
    wellAt('imap'),
    {
      ...wellAt('imap'),
      check: 'tls.handshake',
      target: { name: 'own', host: 'archive.example.com', port: 993 },
    },
  ],
  [
    { claim: 'host-closed', host: 'outlook.office365.com' },
    broke('connect', 'timeout'),
    wellAt('pop3'),
    wellAt('smtp'),
  ],
  [{ claim: 'mail-closed' }, broke('connect', 'timeout'), wellAt('smtp')],
  [{ claim: 'network-down' }, broke('connect', 'timeout'), wellAt('login')],
  [
    { claim: 'family-dead', family: 6, hosts: ['outlook.office365.com'] },
    broke('connect', 'timeout'),
    later(wellAt('imap')),
    later(wellAt('smtp')),
  ],
  [
    { claim: 'no-address', host: 'outlook.office365.com' },
    broke('resolve', 'timeout', { dns: { addresses: [], error: 'timeout', ms: 1 } }),
    broke('resolve', 'timeout', {
      dns: { ...dnsOf(['52.96.0.10']), addresses: [], error: 'timeout', ms: 10_000 },
    }),
  ],
  [
    { claim: 'name-unknown', host: 'outlook.office365.com' },
    broke('resolve', 'not-found', { dns: { addresses: [], error: 'ENOTFOUND', ms: 1 } }),
    later(wellAt('imap')),
  ],
  [
    { claim: 'leads-to', host: 'outlook.office365.com', addresses: ['10.0.0.5 (private)'] },
    broke('connect', 'timeout', { dns: dnsOf(['10.0.0.5']) }),
    broke('connect', 'timeout', { dns: dnsOf(['52.96.0.10']) }),
  ],
  [{ claim: 'handshake-fails', endpoint: IMAP }, broke('tls', 'reset'), later(broke('greet', 'timeout'))],
  [
    { claim: 'tls-below', version: '1.2', endpoint: IMAP },
    broke('tls', 'tls-failed', { tlsOffered: { versions: ['TLSv1.1'] } }),
    broke('tls', 'tls-failed', { tlsOffered: { versions: ['TLSv1.1', 'TLSv1.2'] } }),
  ],
  [{ claim: 'untrusted', endpoint: IMAP }, broke('tls', 'untrusted'), later(wellAt('imap'))],
  [
    { claim: 'root-unknown', endpoint: IMAP },
    broke('tls', 'untrusted', { tls: tlsOf({ trusted: false, distrust: 'SELF_SIGNED_CERT_IN_CHAIN' }) }),
    broke('tls', 'untrusted', { tls: tlsOf({ trusted: false, distrust: 'EE_KEY_TOO_SMALL' }) }),
  ],
  [{ claim: 'not-greeted', endpoint: IMAP }, broke('greet', 'timeout'), later(wellAt('imap'))],
  [
    { claim: 'not-offered', word: 'XOAUTH2', endpoint: IMAP },
    broke('greet', 'unexpected-reply', { imap: { capability: ['AUTH=PLAIN'] } }),
    broke('greet', 'unexpected-reply', { imap: { capability: ['AUTH=xoauth2'] } }),
  ],
];

describe('a claim', () => {
  it.each(CASES)('%j is held against what was seen', (claim, rests, against, notAgainst) => {
    const login = wellAt('login');
    const beside = claim.claim === 'mail-closed' ? [login] : [];
    const held = (...more: CheckResult[]) => {
      const own =
        claim.claim === 'no-address' ||
        claim.claim === 'tls-below' ||
        claim.claim === 'leads-to' ||
        /root|offered/.test(claim.claim);
      const basis = own && more.length > 0 ? more : [rests];
      return isContradicted(claim, [observedBeside(basis, [...new Set([...basis, ...more, ...beside])])]);
    };
    expect(held()).toBe(false);
    expect(held(against)).toBe(true);
    expect(notAgainst !== undefined && held(notAgainst)).toBe(false);
  });

  it('of a clock holds until two ends agree that it is right', () => {
    const off = {
      ...wellAt('login'),
      evidence: sections({ clock: { source: 'http-date', aheadMs: 400_000 } }),
    };
    const seen = (...results: CheckResult[]) => [observedBeside(results, results)];
    expect(isContradicted({ claim: 'clock-off' }, seen(off))).toBe(false);
    expect(isContradicted({ claim: 'clock-off' }, seen(wellAt('login'), wellAt('smtp')))).toBe(true);
  });

  it('that is contradicted is not told: the weaker sentence is, in both languages', () => {
    const server = but(svc(), 'imap.tls', (each) => failing(each, 'connect', 'timeout'));
    const results = server.results.map((each) => (each.check === 'imap.mailbox' ? later(each) : each));
    const say = (language: 'en' | 'ja') =>
      diagnoseSite({ site: SITE, servers: [{ ...server, results }] }, language).map(
        ({ rule, confidence, summary, params }) => [rule, confidence, summary, params['contradicted']],
      );
    const claims = [`unreached(${IMAP})`];
    expect(say('en')).toEqual([
      ['connect.timeout', 'possible', `svc01: ${IMAP}: what was seen there does not agree.`, claims],
    ]);
    expect(say('ja')).toEqual([
      ['connect.timeout', 'possible', `svc01: ${IMAP}: 確認された内容が一致しません。`, claims],
    ]);
  });
});

describe('no situation of any rule', () => {
  const told = (servers: readonly ServerResults[], site = SITE) =>
    diagnoseSite({ site, servers }).flatMap(({ rule, params }) =>
      'contradicted' in params ? [`${rule}: ${String(params['contradicted'])}`] : [],
    );

  it.each(RULES.map(({ id }) => id))('is told by a claim that it contradicts: %s', (id) => {
    const { servers, site = SITE } = SITUATIONS[id];
    expect(told(servers, site)).toEqual([]);
  });

  it.each(Object.keys(FAULTS))('is told by a claim that it contradicts: %s', (key) => {
    const fault = FAULTS[key] ?? ((server: ServerResults) => server);
    for (const servers of [
      [fault(svc())],
      [fault(svc()), app()],
      [fault(svc()), fault(app())],
      [fault(app()), svc()],
    ])
      expect(told(servers)).toEqual([]);
  });

  it.each(RULES.filter(({ id }) => /^(?:connect|server|tls|resolve|clock|path)\./.test(id)))(
    'of the path is without a claim: $id',
    ({ id }) => {
      const { servers, site = SITE } = SITUATIONS[id];
      const [finding] = diagnoseSite({ site, servers }).filter(({ rule }) => rule === id);
      expect((ruleOf(id)?.claims(finding?.params as unknown as Params) ?? []).length > 0).toBe(
        // Of these the course of several rounds is told, which a single look neither shows nor denies.
        !['connect.only-together', 'path.loss', 'path.flapping', 'path.one-front-end'].includes(id),
      );
    },
  );
});
