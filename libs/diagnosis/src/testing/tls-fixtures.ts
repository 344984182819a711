import type { FailureCode, Phase } from '@mailpath/protocol';
import { failing } from './faults.ts';
import { app, but, everywhere, type Fixture, faulty, imap, svc, withEvidence } from './fixtures.ts';
import { certificate, connectOf, SITE, tlsOf } from './healthy.ts';
import { untrustedTls } from './results.ts';

const proxy = (status: number | null, reply: string | null) => ({
  proxy: { url: 'http://proxy:8080', status, reply },
});
const login = (phase: Phase, code: FailureCode, evidence: object = {}) =>
  but(svc(), 'https.sign-in-alias', (result) => failing(result, phase, code, evidence));
const CORP = 'CN=Corp Inspection CA, O=Example Ltd';
export const TLS_FIXTURES = {
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
  'mailpath.approval-awaited': {
    servers: [svc('svc03')],
    site: {
      ...SITE,
      circumstances: [
        {
          kind: 'approval-awaited',
          server: 'svc03',
          hostName: 'ece-svc03.example.com',
          keyFingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrrtKXd4MKDWzCr0r4Uh9WyI',
        },
      ],
    },
    names: ['svc03'],
    owner: 'ece-administrator',
    item: 'X8',
    confidence: 'certain',
    says: 'svc03: This server waits for approval',
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
