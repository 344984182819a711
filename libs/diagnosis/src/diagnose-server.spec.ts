import { describe, expect, it } from 'vitest';
import { Finding, type CheckResult, type StandardTarget } from '@mailpath/protocol';
import { diagnoseServer, sentenceFor } from './diagnose-server.ts';
import { RULES } from './rules.ts';
import { failed, passed, untrustedTls } from './testing/results.ts';

const ALL: StandardTarget[] = ['login', 'login-alias', 'exchange', 'smtp', 'imap', 'pop3'];
const app02 = { name: 'app02', roles: ['application'] } as const;
const svc01 = { name: 'svc01', roles: ['services'] } as const;

const diagnose = (results: CheckResult[], server: typeof app02 | typeof svc01 = app02) =>
  diagnoseServer({ server, inbound: 'imap', results });

describe('the diagnosis of one server', () => {
  it('finds nothing on a healthy server', () => {
    expect(diagnose(ALL.map((target) => passed(target)))).toEqual([]);
  });

  it('tells a dead resolver once, with every check it takes down', () => {
    const findings = diagnose(ALL.map((target) => failed(target, 'resolve', 'resolver-failed')));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule: 'resolve.no-answer', owner: 'dns', severity: 'error' });
    expect(findings[0]?.scope.checks).toHaveLength(6);
  });

  it('tells a resolver that knows no name at all once, and not as five missing names', () => {
    const unknown = ALL.map((target) =>
      failed(target, 'resolve', 'not-found', { dns: { addresses: [], error: 'ENOTFOUND', ms: 3 } }),
    );
    expect(diagnose(unknown).map(({ rule }) => rule)).toEqual(['resolve.no-name']);
    const onlyOne = diagnose([...unknown.slice(0, 1), ...ALL.slice(1).map((target) => passed(target))]);
    expect(onlyOne.map(({ rule, owner }) => [rule, owner])).toEqual([['resolve.not-found', 'dns']]);
  });

  it('goes by the second look where there was one, and tells a fault of the moment as such', () => {
    const first = failed('imap', 'connect', 'timeout');
    const gone = diagnose([first, passed('pop3'), passed('imap', { repeats: first.id })]);
    expect(gone.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['connect.only-together', 'warning'],
    ]);
    const stays = diagnose([first, { ...failed('imap', 'connect', 'refused'), repeats: first.id }]);
    expect(stays.map(({ rule }) => rule)).toEqual(['connect.refused']);
  });

  it('keeps two different faults apart', () => {
    const findings = diagnose([
      failed('smtp', 'connect', 'timeout'),
      failed('imap', 'tls', 'untrusted', untrustedTls('CN=Corp Proxy CA', 'SELF_SIGNED_CERT_IN_CHAIN')),
    ]);
    expect(findings.map(({ rule, owner }) => [rule, owner])).toEqual([
      ['connect.timeout', 'network'],
      ['tls.untrusted', 'proxy'],
    ]);
  });

  it('weighs the same closed port by the role: error on a services server, warning on an application server', () => {
    const closed = () => [failed('imap', 'connect', 'refused')];
    expect(diagnose(closed(), svc01)[0]).toMatchObject({ severity: 'error', statements: ['S49', 'S59'] });
    expect(diagnose(closed(), app02)[0]).toMatchObject({ severity: 'warning', statements: ['S56', 'S59'] });
  });

  it('names issuer and subject of a certificate that nobody trusts', () => {
    const [finding] = diagnose([
      failed('imap', 'tls', 'untrusted', untrustedTls('CN=Corp Proxy CA', 'SELF_SIGNED_CERT_IN_CHAIN')),
    ]);
    expect(finding?.cause).toContain('CN=Corp Proxy CA');
    expect(finding?.evidence).toEqual([
      'outlook.office365.com:993: subject CN=outlook.office365.com; issuer CN=Corp Proxy CA; SELF_SIGNED_CERT_IN_CHAIN',
    ]);
  });

  it('folds several ports that one other CA opens into one finding', () => {
    const other = untrustedTls('CN=Corp Proxy CA', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY');
    const findings = diagnose([
      failed('login', 'tls', 'untrusted', other),
      failed('imap', 'tls', 'untrusted', other),
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.nextStep).toContain('login.microsoftonline.com:443 and outlook.office365.com:993');
  });

  it('never counts a fault of its own as the network’s', () => {
    const [finding] = diagnose([failed('imap', 'connect', 'internal')]);
    expect(finding).toMatchObject({ rule: 'mailpath.internal', owner: 'mailpath' });
  });

  it.each<[string, CheckResult, string]>([
    ['resolve.not-found', failed('login', 'resolve', 'not-found'), 'dns'],
    ['resolve.no-answer', failed('login', 'resolve', 'timeout'), 'dns'],
    ['connect.refused', failed('imap', 'connect', 'refused'), 'network'],
    ['connect.unreachable', failed('imap', 'connect', 'unreachable'), 'network'],
    ['connect.broken', failed('imap', 'connect', 'reset'), 'network'],
    ['tls.expired', failed('imap', 'tls', 'untrusted', untrustedTls('CN=X', 'CERT_HAS_EXPIRED')), 'proxy'],
    [
      'tls.other-name',
      failed('imap', 'tls', 'untrusted', untrustedTls('CN=X', 'ERR_TLS_CERT_ALTNAME_INVALID')),
      'network',
    ],
    ['tls.cut', failed('imap', 'tls', 'reset'), 'network'],
    ['tls.failed', failed('imap', 'tls', 'tls-failed'), 'network'],
    ['starttls.missing', failed('smtp', 'starttls', 'unexpected-reply'), 'network'],
    [
      'greet.no-xoauth2',
      failed('imap', 'greet', 'unexpected-reply', { imap: { capability: ['IMAP4rev1', 'AUTH=PLAIN'] } }),
      'network',
    ],
    ['greet.silent', failed('smtp', 'greet', 'timeout'), 'network'],
    ['greet.unexpected', failed('smtp', 'greet', 'unexpected-reply'), 'network'],
    ['http.silent', failed('login', 'http', 'timeout'), 'proxy'],
    ['http.unexpected', failed('login', 'http', 'unexpected-reply'), 'proxy'],
    [
      'connect.some-addresses',
      passed('imap', {
        outcome: 'warn',
        reason: '1 of 2 addresses timed out',
        evidence: {
          connect: {
            attempts: [{ address: '192.0.2.1', family: 4, outcome: 'timeout', ms: 3000 }],
            used: '192.0.2.2',
          },
        },
      }),
      'network',
    ],
    [
      'proxy.denies',
      failed('login', 'proxy', 'unexpected-reply', {
        proxy: { url: 'http://proxy:8080', status: 407, reply: 'HTTP/1.1 407 Proxy Authentication Required' },
      }),
      'proxy',
    ],
    [
      'proxy.unreachable',
      failed('login', 'proxy', 'refused', { proxy: { url: 'http://proxy:8080', status: null, reply: null } }),
      'proxy',
    ],
    [
      'resolve.unusual-address',
      failed('imap', 'connect', 'timeout', {
        dns: { addresses: ['10.0.0.5'], error: null, ms: 1, unusual: ['10.0.0.5 private'] },
      }),
      'dns',
    ],
    [
      'resolve.hosts-entry',
      failed('imap', 'connect', 'timeout', {
        dns: {
          addresses: ['52.97.1.2'],
          error: null,
          ms: 1,
          resolvers: [
            {
              server: '192.0.2.53',
              a: { status: 'answer', records: ['52.98.3.4'] },
              aaaa: { status: 'empty', records: [] },
              cname: [],
              ms: 2,
            },
          ],
        },
      }),
      'server-administrator',
    ],
    ['tls.failed', failed('imap', 'tls', 'tls-failed', { tlsOffered: { versions: ['TLSv1.1'] } }), 'network'],
    ['mailpath.unexplained', failed('imap', 'open-mailbox', 'unexpected-reply'), 'unknown'],
  ])('explains %s', (rule, result, owner) => {
    const findings = diagnose([result], svc01);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const finding = Finding.parse(findings[0]);
    expect(finding.owner).toBe(owner);
    for (const words of [finding.summary, finding.cause, finding.nextStep, ...finding.evidence])
      expect(words).not.toMatch(/undefined|null|\[object/);
    expect(sentenceFor(result)).not.toBe('');
  });

  it('blames no hosts file while any resolver gives one of the addresses that are used', () => {
    const answer = (records: string[]) => ({ status: 'answer' as const, records });
    const dns = {
      addresses: ['52.97.1.2', '52.97.1.3'],
      error: null,
      ms: 1,
      resolvers: [{ server: '192.0.2.53', a: answer(['52.97.1.3']), aaaa: answer([]), cname: [], ms: 2 }],
    };
    const findings = diagnose([failed('imap', 'connect', 'timeout', { dns })]);
    expect(findings.map(({ rule }) => rule)).toEqual(['connect.timeout']);
  });

  it('has an id of its own for every rule', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });
});
