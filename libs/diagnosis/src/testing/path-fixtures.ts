import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { failing } from './faults.ts';
import { app, but, type Fixture, faulty, svc } from './fixtures.ts';
import { certificate, connectOf, dnsOf, sections, tlsOf } from './healthy.ts';
import { passed, untrustedTls } from './results.ts';

const imap = (phase: Phase, code: FailureCode, evidence: object = {}) =>
  but(svc(), 'imap.tls', (result) => failing(result, phase, code, evidence));
const withEvidence = (evidence: object) => (result: CheckResult) => ({
  ...result,
  evidence: sections(result.evidence, evidence),
});
const everywhere = (evidence: object, server = svc()) => ({
  ...server,
  results: server.results.map(withEvidence(evidence)),
});
const proxy = (status: number | null, reply: string | null) => ({
  proxy: { url: 'http://proxy:8080', status, reply },
});
const login = (phase: Phase, code: FailureCode, evidence: object = {}) =>
  but(svc(), 'https.sign-in-alias', (result) => failing(result, phase, code, evidence));
const CORP = 'CN=Corp Inspection CA, O=Example Ltd';
const deadFirst = [
  { address: '52.96.0.10', family: 4, outcome: 'reached', ms: 20 },
  { address: '52.96.0.11', family: 4, outcome: 'timeout', ms: 3000 },
];

export const PATH_FIXTURES = {
  'server.offline': {
    servers: [faulty('server.offline network'), app()],
    owner: 'network',
    item: 'C9',
    says: 'Nothing can be reached',
  },
  'connect.refused': {
    servers: [faulty('connect.refused smtp.office365.com:587')],
    owner: 'network',
    item: 'C10',
    says: 'smtp.office365.com:587 is refused',
  },
  'connect.timeout': {
    servers: [faulty('connect.timeout outlook.office365.com:993')],
    owner: 'network',
    item: 'C10',
    says: 'outlook.office365.com:993 gets no answer',
  },
  'connect.unreachable': {
    servers: [imap('connect', 'unreachable')],
    owner: 'network',
    item: 'C10',
    says: 'no route to outlook.office365.com:993',
  },
  'connect.broken': {
    servers: [imap('connect', 'reset')],
    owner: 'network',
    item: 'C10',
    says: 'does not come up',
  },
  'connect.port-closed': {
    servers: [faulty('connect.port-closed 443')],
    owner: 'network',
    item: 'C10',
    says: 'TCP port 443 gets no answer, whatever the host',
  },
  'connect.host-closed': {
    servers: [faulty('connect.host-closed outlook.office365.com')],
    owner: 'network',
    item: 'C10',
    says: 'outlook.office365.com finds no route on every port',
  },
  'connect.mail-ports': {
    servers: [faulty('connect.mail-ports mail ports')],
    owner: 'network',
    item: 'C10',
    says: 'Only port 443 is open',
  },
  'connect.family-dead': {
    servers: [faulty('connect.family-dead IPv6'), app()],
    owner: 'network',
    item: 'C10',
    says: 'No IPv6 address',
  },
  'connect.some-addresses': {
    servers: [
      but(svc(), 'imap.tls', (result) => ({
        ...withEvidence({ connect: { attempts: deadFirst, used: '52.96.0.10' } })(result),
        outcome: 'warn',
        reason: '1 of 2',
      })),
    ],
    owner: 'network',
    item: 'C10',
    says: '52.96.0.11 of outlook.office365.com',
  },
  'connect.only-together': {
    servers: [{ ...svc(), results: [passed('imap', { repeats: '0192f000-0000-7000-8000-00000000dead' })] }],
    owner: 'network',
    item: 'C10',
    says: 'passed when it was repeated alone',
  },
  'resolve.no-name': {
    servers: [
      {
        ...svc(),
        results: svc().results.map((result) =>
          failing(result, 'resolve', 'not-found', { dns: { addresses: [], error: 'ENOTFOUND', ms: 2 } }),
        ),
      },
    ],
    owner: 'dns',
    item: 'C9',
    says: 'No name exists',
  },
  'resolve.no-answer': {
    servers: [faulty('resolve.no-answer resolver'), app()],
    owner: 'dns',
    item: 'C9',
    says: 'No resolver gave an address',
  },
  'resolve.name-fails': {
    servers: [imap('resolve', 'resolver-failed')],
    owner: 'dns',
    item: 'C9',
    says: 'and does for other names',
  },
  'resolve.not-found': {
    servers: [faulty('resolve.not-found smtp.office365.com')],
    owner: 'dns',
    item: 'C9',
    says: 'smtp.office365.com does not exist',
  },
  'resolve.hosts-entry': {
    servers: [imap('connect', 'timeout', { dns: { ...dnsOf(['52.97.1.1']), addresses: ['52.97.9.9'] } })],
    owner: 'server-administrator',
    item: 'C9',
    says: '52.97.9.9',
  },
  'resolve.unusual-address': {
    servers: [imap('connect', 'timeout', { dns: { ...dnsOf(['10.0.0.5']), unusual: ['10.0.0.5 private'] } })],
    owner: 'dns',
    item: 'C9',
    says: '10.0.0.5 (private)',
  },
  'resolve.other-answer': {
    servers: [
      {
        ...svc(),
        results: [failing(passed('imap'), 'connect', 'timeout', { dns: dnsOf(['52.97.9.9'], '192.0.2.66') })],
      },
      svc('svc02'),
    ],
    owner: 'dns',
    item: 'C9',
    says: 'leads to 52.97.9.9 here',
  },
  'resolve.one-resolver': {
    servers: [
      everywhere({
        dns: {
          ...dnsOf(),
          resolvers: [
            { ...dnsOf().resolvers?.[0], server: '192.0.2.54', a: { status: 'timeout', records: [] } },
            ...(dnsOf().resolvers ?? []),
          ],
        },
      }),
      app(),
    ],
    owner: 'dns',
    item: 'C9',
    says: 'DNS server 192.0.2.54 fails (timeout)',
  },
  'proxy.denies': {
    servers: [login('proxy', 'unexpected-reply', proxy(407, 'HTTP/1.1 407 Proxy Authentication Required'))],
    owner: 'proxy',
    item: 'X6',
    confidence: 'certain',
    says: '407 Proxy Authentication Required',
  },
  'proxy.unreachable': {
    servers: [login('proxy', 'refused', proxy(null, null))],
    owner: 'proxy',
    item: 'X6',
    says: 'http://proxy:8080 cannot be used',
  },
  'clock.wrong': {
    servers: [faulty('clock.wrong clock'), app()],
    owner: 'server-administrator',
    item: 'X9',
    says: 'svc01 is 6.7 minutes behind',
  },
  'tls.black-hole': {
    servers: [faulty('tls.black-hole path MTU'), app()],
    owner: 'network',
    item: 'X6',
    says: 'every TLS handshake stalls',
  },
  'tls.expired': {
    servers: [imap('tls', 'untrusted', untrustedTls('CN=X', 'CERT_HAS_EXPIRED'))],
    owner: 'proxy',
    item: 'X6',
    says: 'out of its dates (issuer CN=X)',
  },
  'tls.other-name': {
    servers: [imap('tls', 'untrusted', untrustedTls('CN=X', 'ERR_TLS_CERT_ALTNAME_INVALID'))],
    owner: 'network',
    item: 'X6',
    says: 'for another name',
  },
  'tls.untrusted': {
    servers: [faulty('tls.untrusted CN=Corp Proxy CA'), svc('svc02')],
    owner: 'proxy',
    item: 'X6',
    says: 'issuer CN=Corp Proxy CA',
  },
  'tls.cut': { servers: [imap('tls', 'reset')], owner: 'network', item: 'X6', says: 'is cut off' },
  'tls.failed': {
    servers: [imap('tls', 'tls-failed', { tlsOffered: { versions: ['TLSv1.1'] } })],
    owner: 'network',
    item: 'X6',
    says: 'it offers TLSv1.1',
  },
  'tls.other-issuer': {
    servers: [
      but(svc(), 'imap.tls', withEvidence({ tls: tlsOf({ chain: [certificate(CORP)], anchor: 'machine' }) })),
      svc('svc02'),
    ],
    owner: 'proxy',
    item: 'X6',
    confidence: 'likely',
    says: 'on siblings by CN=DigiCert Cloud Services CA-1',
  },
  'tls.older-version': {
    servers: [
      but(svc(), 'imap.tls', withEvidence({ tls: tlsOf({ version: 'TLSv1.2' }) })),
      svc('svc02'),
      app(),
    ],
    owner: 'proxy',
    item: 'X6',
    says: 'agrees on TLSv1.2 here, on siblings on TLSv1.3',
  },
  'tls.expires-soon': {
    servers: [
      but(
        svc(),
        'imap.tls',
        withEvidence({ tls: tlsOf({ chain: [{ ...certificate(), validTo: '2026-11-30T00:00:00.000Z' }] }) }),
      ),
      app(),
    ],
    owner: 'proxy',
    item: 'X6',
    says: 'runs out on 2026-11-30 ',
  },
  'starttls.missing': {
    servers: [faulty('starttls.missing smtp.office365.com:587')],
    owner: 'network',
    item: 'X6',
    says: 'STARTTLS cannot be used',
  },
  'greet.no-xoauth2': {
    servers: [imap('greet', 'unexpected-reply', { imap: { capability: ['IMAP4rev1', 'AUTH=PLAIN'] } })],
    owner: 'network',
    item: 'X6',
    says: 'speaks IMAP but does not offer XOAUTH2',
  },
  'greet.silent': {
    servers: [imap('greet', 'timeout')],
    owner: 'network',
    item: 'C10',
    says: 'no IMAP answer comes',
  },
  'greet.unexpected': {
    servers: [imap('greet', 'unexpected-reply', { unexpected: { line: 'HTTP/1.1 400' } })],
    owner: 'network',
    item: 'C10',
    says: 'HTTP/1.1 400',
  },
  'http.silent': {
    servers: [faulty('http.silent login.microsoft.com:443')],
    owner: 'proxy',
    item: 'C9',
    says: 'no HTTP answer comes',
  },
  'http.unexpected': {
    servers: [login('http', 'unexpected-reply', { http: { status: 503 } })],
    owner: 'proxy',
    item: 'C9',
    says: 'not as Microsoft does',
  },
  'path.latency': {
    servers: [everywhere({ connect: connectOf(610) }), svc('svc02'), app()],
    owner: 'network',
    item: 'C10',
    says: '610 ms here, 20 ms on siblings',
  },
  'path.other-region': {
    servers: [
      but(
        everywhere({ connect: connectOf(95) }),
        'imap.tls',
        withEvidence({ imap: { frontEnd: 'SN6PR01CA0001.PROD.EXCHANGELABS.COM' } }),
      ),
      svc('svc02'),
      app(),
    ].map((server, index) =>
      index > 0
        ? server
        : { ...server, results: server.results.filter(({ check }) => check !== 'smtp.submission') },
    ),
    owner: 'network',
    item: 'C9',
    says: 'another region answer: SN, on siblings AM',
  },
  'path.other-egress': {
    servers: [
      but(svc(), 'smtp.submission', withEvidence({ smtp: { helloAddress: '198.51.100.9' } })),
      svc('svc02'),
      app(),
    ],
    owner: 'network',
    item: 'X4',
    says: 'sees this server as 198.51.100.9',
  },
  'mailpath.internal': {
    servers: [imap('connect', 'internal')],
    owner: 'mailpath',
    item: 'X8',
    says: 'Mailpath itself failed',
  },
  'mailpath.unexplained': {
    servers: [
      but(svc(), 'pop3.tls', (result) =>
        failing(result, 'open-mailbox', 'unexpected-reply', {}, 'something new'),
      ),
    ],
    owner: 'unknown',
    item: 'C10',
    says: 'something new',
  },
} satisfies Record<string, Fixture>;
