import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding, ResolverAnswer } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { failing } from '../testing/faults.ts';
import { app, but, imap, svc } from '../testing/fixtures.ts';
import { dnsOf, sections, SITE } from '../testing/healthy.ts';

type Answers = { a: ResolverAnswer; aaaa?: ResolverAnswer; server?: string };
const answer = (state: NonNullable<ResolverAnswer['state']>, more: Partial<ResolverAnswer> = {}) =>
  ({ status: 'other', records: [], state, ...more }) satisfies ResolverAnswer;
const dns = (...each: Answers[]) => ({
  addresses: [],
  error: 'EAI_AGAIN',
  ms: 30,
  resolvers: each.map(({ a, aaaa = a, server = '192.0.2.53' }) => ({ server, a, aaaa, cname: [], ms: 9 })),
});
/** Every name fails so on svc01. */
const everyName = (
  section: object,
  code: 'resolver-failed' | 'not-found' = 'resolver-failed',
): ServerResults => ({
  ...svc(),
  results: svc().results.map((result): CheckResult => failing(result, 'resolve', code, { dns: section })),
});
const only = (...servers: ServerResults[]): Finding => {
  const [finding, ...more] = diagnoseSite({ site: SITE, servers });
  expect(more.map(({ rule }) => rule)).toEqual([]);
  if (!finding) throw new Error('nothing was found');
  return finding;
};

describe('a look-up that fails by one state', () => {
  it.each([
    ['refused', answer('refused'), 'refuses the question', 'dns', 'Allow recursive questions'],
    ['servfail', answer('servfail'), 'SERVFAIL', 'dns', 'forwarders'],
    ['formerr', answer('formerr', { edns: 'rejected' }), 'EDNS rejected', 'dns', 'DNS inspection'],
    ['notimp', answer('notimp'), 'does not understand', 'dns', 'Update 192.0.2.53'],
    ['other-rcode', answer('other-rcode', { rcode: 16 }), 'RCODE 16', 'dns', 'log of 192.0.2.53'],
    ['no-answer', answer('no-answer'), 'does not answer', 'dns', 'See that 192.0.2.53 runs'],
    ['port-closed', answer('port-closed'), 'nobody listens on UDP 53', 'dns', 'Start the DNS service'],
    ['unreachable', answer('unreachable'), 'no route', 'network', 'gateway'],
    ['prohibited', answer('prohibited'), 'this machine forbids', 'server-administrator', 'own firewall'],
    ['truncated', answer('truncated', { tcp: 'refused' }), 'TCP 53: refused', 'network', 'Open TCP 53'],
    ['malformed', answer('malformed'), 'is no answer to the question', 'dns', 'Find out what answers'],
    ['blocked', answer('servfail', { extendedErrors: ['15 Blocked'] }), '15 Blocked', 'dns', 'Exempt'],
    [
      'filtered',
      answer('refused', { extendedErrors: ['17 Filtered'] }),
      'policy of its own',
      'dns',
      'Exempt',
    ],
    ['censored', answer('nxdomain', { extendedErrors: ['16 Censored'] }), '16 Censored', 'dns', 'Exempt'],
    ['dnssec', answer('servfail', { extendedErrors: ['6 DNSSEC Bogus'] }), 'DNSSEC', 'dns', 'trust anchor'],
    [
      'upstream',
      answer('servfail', { extendedErrors: ['22 No Reachable Authority'] }),
      '22',
      'dns',
      'outbound',
    ],
    ['no recursion', answer('refused', { recursion: false }), 'no recursion', 'dns', 'offers recursion'],
    ['no-data', answer('no-data'), 'has no address', 'dns', 'Add the address records'],
    ['alias', answer('alias-without-address'), 'alias (CNAME)', 'dns', 'must not be filtered'],
  ] as const)('%s has a sentence, an owner and a step of its own', (_, state, says, owner, step) => {
    for (const finding of [
      only(everyName(dns({ a: state }))),
      only(imap('resolve', 'resolver-failed', { dns: dns({ a: state }) })),
      only(imap('resolve', 'not-found', { dns: dns({ a: state }) })),
    ]) {
      expect(finding.summary).toContain(says);
      expect(finding.nextStep).toContain(step);
      expect(finding.owner).toBe(owner);
    }
  });

  it('is told of each resolver where they differ, and then nobody but the DNS team sees both', () => {
    const finding = only(
      everyName(dns({ a: answer('refused') }, { a: answer('unreachable'), server: '192.0.2.54' })),
    );
    expect(finding.summary).toContain(
      '192.0.2.53 refuses the question (REFUSED); 192.0.2.54 cannot be reached',
    );
    expect(finding.owner).toBe('dns');
  });

  it('is the path’s where the same resolver answers another server', () => {
    for (const state of ['no-answer', 'port-closed'] as const) {
      const finding = only(everyName(dns({ a: answer(state) })), app());
      expect(finding.owner).toBe('network');
      expect(finding.cause).toContain('app01');
    }
  });

  it('is the server’s own where it has no resolver at all', () => {
    const settings = { resolvers: [], search: [], hosts: [], error: null };
    const finding = only(everyName({ addresses: [], error: 'EAI_AGAIN', ms: 1, resolvers: [], settings }));
    expect([finding.owner, finding.summary]).toEqual([
      'server-administrator',
      expect.stringContaining('no DNS server configured'),
    ]);
  });

  it('takes an empty answer for one family as nothing beside what the other one tells', () => {
    const finding = only(
      imap('resolve', 'resolver-failed', {
        dns: dns({ a: answer('truncated', { tcp: 'refused' }), aaaa: answer('no-data') }),
      }),
    );
    expect(finding).toMatchObject({ owner: 'network', rule: 'resolve.name-fails' });
    expect(finding.nextStep).toBe('Open TCP 53 from this server to 192.0.2.53; UDP 53 alone is not enough.');
  });

  it('of an older agent is told by the family that was answered', () => {
    for (const status of ['empty', 'nxdomain'] as const) {
      const halved = dns({ a: { status: 'other', records: [] }, aaaa: { status, records: [] } });
      const finding = only(imap('resolve', 'resolver-failed', { dns: halved }));
      expect(finding.cause).toContain('is reached');
      expect(finding.nextStep).toContain('Open TCP 53');
      expect(finding.summary + finding.cause).not.toContain('did not answer');
    }
  });

  it('keeps to what an older agent tells: of an unknown state nothing is claimed', () => {
    const coarse: ResolverAnswer = { status: 'other', records: [] };
    const finding = only(imap('resolve', 'resolver-failed', { dns: dns({ a: coarse }) }));
    expect(finding.summary).toContain('gives no usable answer');
    expect(finding.cause).not.toContain('did not answer');
  });
});

describe('an address that stands in the evidence', () => {
  const given = dnsOf(['52.96.0.10']).resolvers ?? [];
  const silent = answer('no-answer');
  const withFamily = (section: object) => [
    imap('resolve', 'timeout', { dns: { addresses: [], error: 'timeout', ms: 10_000, ...section } }),
    but(svc(), 'imap.tls', (result): CheckResult => ({
      ...result,
      outcome: 'warn',
      reason: 'the system gave no address in time',
      evidence: sections(result.evidence, {
        dns: {
          addresses: ['52.96.0.10'],
          error: 'timeout',
          ms: 6_000,
          borrowedFrom: '192.0.2.53',
          ...section,
        },
      }),
    })),
  ];

  it.each(withFamily({ resolvers: given.map((each) => ({ ...each, aaaa: silent })) }))(
    'is named where the other family is never answered (%#)',
    (server) => {
      const finding = only(server);
      expect(finding.rule).toBe('resolve.family-silent');
      expect(finding.summary).toContain('gives 52.96.0.10');
      expect(finding.summary + finding.cause).not.toContain('No resolver');
    },
  );

  it.each(withFamily({ resolvers: given }))(
    'is this server’s own loss where the resolver gave all (%#)',
    (server) => {
      expect(only(server)).toMatchObject({ rule: 'resolve.system-fails', owner: 'server-administrator' });
    },
  );

  it.each(
    withFamily({
      resolvers: [{ server: '192.0.2.1', a: silent, aaaa: silent, cname: [], ms: 5_000 }, ...given],
    }),
  )('is lost to a resolver that stands before the one that gives it (%#)', (server) => {
    const finding = only(server);
    expect(finding).toMatchObject({ rule: 'resolve.system-fails', owner: 'dns' });
    expect(finding.summary).toContain('192.0.2.1 does not answer');
  });
});
