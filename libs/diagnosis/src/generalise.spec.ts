import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { certificate, dnsOf, sections, SITE, tlsOf, wellAt } from './testing/healthy.ts';
import { changed, failing } from './testing/faults.ts';
import { svc } from './testing/fixtures.ts';

const ADDRESSES: Record<string, string> = {
  'login.microsoftonline.com': '20.190.0.1',
  'login.microsoft.com': '20.190.0.1',
  'outlook.office365.com': '52.96.0.10',
  'smtp.office365.com': '52.96.7.7',
};
/** Names as they are in the field: both of the sign-in host share addresses, and no others do. */
const apart = (server: ServerResults): ServerResults =>
  changed(
    server,
    () => true,
    (each) => ({
      ...each,
      evidence: sections(each.evidence, { dns: dnsOf([ADDRESSES[each.target.host] ?? '192.0.2.1']) }),
    }),
  );
const at = (check: string, name: string, host: string, port: number): CheckResult => ({
  ...wellAt('login'),
  check,
  target: { name, host, port },
  evidence: sections({ dns: dnsOf(['10.1.1.1']) }),
});
/** Places of other classes, which pass. */
const OTHERS = [
  at('https.external-url', 'ece', 'ece.example.com', 443),
  at('tcp.connect', 'relay', 'relay.example.com', 587),
  at('tls.handshake', 'archive', 'archive.example.com', 993),
  at('https.reach', 'intranet', 'intranet.example.com', 443),
];
const and = (server: ServerResults, more: readonly CheckResult[]): ServerResults => ({
  ...server,
  results: [...server.results, ...more],
});
const found = (server: ServerResults) =>
  diagnoseSite({ site: SITE, servers: [server] }).map(({ key }) => key);

type Which = (result: CheckResult) => boolean;
const port =
  (...ports: number[]): Which =>
  ({ target }) =>
    ports.includes(target.port);
const host =
  (name: string): Which =>
  ({ target }) =>
    target.host === name;
const either =
  (...which: Which[]): Which =>
  (result) =>
    which.some((each) => each(result));
const isPath: Which = ({ check }) => !/^(?:token|imap\.mailbox|smtp\.login)/.test(check);
const only = (server: ServerResults): ServerResults => ({
  ...server,
  results: server.results.filter(isPath),
});
const broken = (
  which: Which,
  phase: Phase,
  code: FailureCode | ((result: CheckResult) => FailureCode),
  more = {},
) =>
  changed(apart(only(svc())), which, (each) =>
    failing(each, phase, typeof code === 'string' ? code : code(each), more),
  );

const SIGN_IN = either(host('login.microsoftonline.com'), host('login.microsoft.com'));
const OUTLOOK = host('outlook.office365.com');
const EXCHANGE = either(OUTLOOK, host('smtp.office365.com'));

describe('one cause on one server is one finding', () => {
  it.each<[string, Which, (how: string) => string]>([
    ['one place', port(993), (how) => `connect.${how} outlook.office365.com:993`],
    ['a host', OUTLOOK, () => 'connect.host-closed outlook.office365.com'],
    ['the mail ports of a host', port(993, 995), (how) => `connect.${how} outlook.office365.com:993`],
    ['two names of one destination', SIGN_IN, (how) => `connect.${how} login.microsoftonline.com:443`],
    ['a zone', EXCHANGE, () => 'connect.host-closed outlook.office365.com smtp.office365.com'],
    ['a port', port(443), () => 'connect.port-closed 443'],
    ['all mail', port(587, 993, 995), () => 'connect.mail-ports mail ports'],
    ['everything', () => true, () => 'server.offline network'],
  ])('connects to %s, whatever passes of another class', (_scope, which, key) => {
    for (const how of ['timeout', 'refused', 'unreachable'] as const) {
      const server = broken(which, 'connect', how);
      expect(found(server)).toEqual([key(how)]);
      expect(found(and(server, OTHERS))).toEqual([key(how)]);
    }
  });

  it.each<[string, FailureCode[], string]>([
    ['silent and without a route', ['timeout', 'unreachable'], 'connect.host-closed outlook.office365.com'],
    ['refused and reset', ['refused', 'reset', 'closed'], 'connect.host-closed outlook.office365.com'],
  ])('connects that are %s', (_name, codes, key) => {
    let turn = 0;
    const server = broken(OUTLOOK, 'connect', () => codes[turn++ % codes.length] ?? 'timeout');
    expect(found(server)).toEqual([key]);
  });

  it('but what one cause does not do together is two', () => {
    const server = broken(port(993, 995), 'connect', ({ target }) =>
      target.port === 993 ? 'timeout' : 'refused',
    );
    expect(found(server)).toHaveLength(2);
    expect(found(broken(either(port(587), host('login.microsoft.com')), 'connect', 'timeout'))).toHaveLength(
      2,
    );
  });

  it.each<[string, Phase, FailureCode, string]>([
    ['tls.cut', 'tls', 'reset', ''],
    ['tls.cut', 'tls', 'timeout', ''],
    ['tls.failed', 'tls', 'tls-failed', ''],
    ['tls.expired', 'tls', 'untrusted', 'CERT_HAS_EXPIRED'],
    ['tls.other-name', 'tls', 'untrusted', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['tls.untrusted', 'tls', 'untrusted', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['resolve.not-found', 'resolve', 'not-found', ''],
    ['resolve.no-answer', 'resolve', 'resolver-failed', ''],
  ])('%s (%s %s) at all places of a scope', (rule, phase, code, distrust) => {
    const corp = tlsOf({ trusted: false, distrust, chain: [certificate('CN=Corp CA')] });
    for (const which of [SIGN_IN, OUTLOOK, EXCHANGE]) {
      if (rule === 'resolve.not-found' && which === SIGN_IN) continue;
      const server = broken(which, phase, code, distrust === '' ? {} : { tls: corp });
      for (const each of [server, and(server, OTHERS)]) {
        const findings = diagnoseSite({ site: SITE, servers: [each] });
        expect(findings.map((finding) => finding.rule)).toHaveLength(1);
        expect(findings[0]?.rule).toBe(phase === 'tls' ? rule : findings[0]?.rule);
        expect(findings[0]?.scope.checks).toHaveLength(only(svc()).results.filter(which).length);
      }
    }
  });

  it('and two causes on one server are two, each as large as it is', () => {
    const both = broken(either(port(443), host('smtp.office365.com')), 'connect', 'timeout');
    expect(found(both).toSorted()).toEqual([
      'connect.port-closed 443',
      'connect.timeout smtp.office365.com:587',
    ]);
    const mail = broken(either(port(587, 993, 995), host('login.microsoft.com')), 'connect', 'timeout');
    expect(found(mail).toSorted()).toEqual([
      'connect.mail-ports mail ports',
      'connect.timeout login.microsoft.com:443',
    ]);
  });

  it('a certificate of one maker at places that have nothing else in common', () => {
    const expired = {
      tls: tlsOf({
        trusted: false,
        distrust: 'CERT_HAS_EXPIRED',
        chain: [{ ...certificate('CN=Corp CA'), validTo: '2026-11-01T00:00:00.000Z' }],
      }),
    };
    const which = either(port(587), host('login.microsoft.com'));
    expect(found(broken(which, 'tls', 'untrusted', expired))).toEqual(['tls.expired CN=Corp CA']);
    const soon = changed(apart(only(svc())), which, (each) => ({
      ...each,
      evidence: sections(each.evidence, {
        tls: tlsOf({ chain: [{ ...certificate(), validTo: '2026-11-30T00:00:00.000Z' }] }),
      }),
    }));
    expect(found(soon)).toEqual([`tls.expires-soon ${certificate().issuer}`]);
  });
});

describe('a stale address that the same resolver gives', () => {
  const OLD = '52.96.99.99';
  const stale = (server: ServerResults, codes: readonly FailureCode[]) => {
    let turn = 0;
    return changed(apart(server), OUTLOOK, (each) => ({
      ...failing(each, 'connect', codes[turn++ % codes.length] ?? 'timeout', { dns: dnsOf([OLD]) }),
    }));
  };

  it.each<FailureCode[][]>([
    [['timeout']],
    [['timeout', 'unreachable']],
    [['refused', 'timeout']],
    [['unreachable', 'refused', 'reset']],
  ])('is one finding, whatever each port shows: %j', (codes) => {
    const servers = [stale(only(svc()), codes), apart(svc('svc02'))];
    const findings = diagnoseSite({ site: SITE, servers });
    expect(findings.map(({ key, owner, confidence }) => [key, owner, confidence])).toEqual([
      ['resolve.other-answer outlook.office365.com', 'dns', 'possible'],
    ]);
    expect(findings[0]?.cause).toContain('gives this server another answer than its siblings');
  });

  it('is none where a port of it comes up, siblings are led there as well, or one port alone is closed', () => {
    const rules = (...servers: ServerResults[]) =>
      diagnoseSite({ site: SITE, servers }).map(({ rule }) => rule);
    const half = changed(apart(only(svc())), port(993), (each) =>
      failing(each, 'connect', 'timeout', { dns: dnsOf([OLD]) }),
    );
    expect(rules(half, apart(svc('svc02')))).toEqual(['connect.timeout']);
    expect(rules(stale(only(svc()), ['timeout']), stale(only(svc('svc02')), ['timeout']))).toEqual([
      'connect.host-closed',
    ]);
  });
});

describe('what this machine forbids itself', () => {
  const forbidden = (unreachable: 'prohibited-here' | 'router' | 'no-route') => ({
    connect: {
      attempts: [
        {
          address: '52.96.0.10',
          family: 4 as const,
          outcome: 'unreachable' as const,
          unreachable,
          detail: 'EACCES',
          ms: 1,
        },
      ],
      used: null,
    },
  });

  it.each([
    ['prohibited-here', 'server-administrator'],
    ['router', 'network'],
    ['no-route', 'network'],
  ] as const)('%s is for the %s', (unreachable, owner) => {
    for (const which of [port(993), port(587), () => true]) {
      const server = broken(which, 'connect', 'unreachable', forbidden(unreachable));
      expect(diagnoseSite({ site: SITE, servers: [server] }).map((finding) => finding.owner)).toEqual([
        owner,
      ]);
    }
  });
});
