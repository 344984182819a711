import type { CheckResult, Evidence, Role, StandardTarget, TokenClaims } from '@mailpath/protocol';
import type { ServerResults, SiteFacts } from '../look.ts';
import { passed } from './results.ts';

export const SALES = 'sales@example.com';
export const TENANT = '11111111-2222-3333-4444-555555555555';
export const CLIENT = '99999999-8888-7777-6666-555555555555';
export const SITE: SiteFacts = {
  inbound: 'imap',
  tenant: TENANT,
  clientId: CLIENT,
  mailboxes: [{ address: SALES, user: SALES }],
};
export const RESOLVER = '192.0.2.53';
const ADDRESSES = ['52.96.0.10', '2603:1026:c0d::10'];

export const certificate = (issuer = 'CN=DigiCert Cloud Services CA-1, O=DigiCert Inc, C=US') => ({
  subject: 'CN=outlook.com, O=Microsoft Corporation, C=US',
  issuer,
  subjectAltNames: ['*.office365.com'],
  validFrom: '2026-06-01T00:00:00.000Z',
  validTo: '2027-06-01T00:00:00.000Z',
  fingerprint256: 'AA:BB',
  serialNumber: '01',
});

export const tlsOf = (changes: Partial<NonNullable<Evidence['tls']>> = {}): NonNullable<Evidence['tls']> => ({
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  serverName: 'outlook.office365.com',
  trusted: true,
  distrust: null,
  chain: [certificate()],
  anchor: 'public',
  ...changes,
});

export const dnsOf = (
  addresses: string[] = ADDRESSES,
  resolver = RESOLVER,
): NonNullable<Evidence['dns']> => ({
  addresses,
  error: null,
  ms: 4,
  resolvers: [
    {
      server: resolver,
      a: { status: 'answer', records: addresses.filter((each) => each.includes('.')) },
      aaaa: { status: 'answer', records: addresses.filter((each) => each.includes(':')) },
      cname: [],
      ms: 4,
    },
  ],
});

export const connectOf = (medianMs = 20): NonNullable<Evidence['connect']> => ({
  attempts: [
    { address: '52.96.0.10', family: 4, outcome: 'reached', ms: medianMs },
    { address: '2603:1026:c0d::10', family: 6, outcome: 'reached', ms: medianMs },
  ],
  used: '52.96.0.10',
  roundTrip: { count: 3, medianMs, spreadMs: 1 },
});

const PHASES = (['resolve', 'connect', 'tls', 'greet'] as const).map((name) => ({ name, ms: 5 }));
const SPOKEN: Partial<Record<StandardTarget, Evidence>> = {
  smtp: {
    smtp: {
      greeting: '220 AM0PR02CA0134.outlook.office365.com Microsoft ESMTP MAIL Service ready',
      ehlo: ['SIZE 157286400', 'STARTTLS'],
      ehloAfterTls: ['AUTH LOGIN XOAUTH2'],
      helloAddress: '203.0.113.7',
      frontEnd: 'AM0PR02CA0134.outlook.office365.com',
    },
  },
  imap: {
    imap: { capability: ['IMAP4rev1', 'AUTH=XOAUTH2'], frontEnd: 'AM0P281CA0041.EURP281.PROD.OUTLOOK.COM' },
  },
  pop3: { pop3: { capa: ['SASL PLAIN XOAUTH2'], frontEnd: null } },
};

/** Sections put together; the compiler takes a spread of them for sections that may be undefined. */
export const sections = (...parts: readonly object[]): Evidence => Object.assign({}, ...parts) as Evidence;

/** What a check of a standard target sees where nothing is wrong. */
export const wellAt = (target: StandardTarget, more: object = {}): CheckResult =>
  passed(target, {
    phases: PHASES,
    evidence: sections(
      { dns: dnsOf(), connect: connectOf(), tls: tlsOf() },
      // IMAP and POP3 tell no time.
      target === 'pop3' || target === 'imap' ? {} : { clock: { source: 'http-date', aheadMs: 120 } },
      SPOKEN[target] ?? {},
      more,
    ),
  });

export const claimsOf = (changes: Partial<TokenClaims> = {}): TokenClaims => ({
  user: SALES,
  userFrom: 'id-token',
  opaque: false,
  aud: 'https://outlook.office.com',
  scp: 'IMAP.AccessAsUser.All POP.AccessAsUser.All SMTP.Send',
  roles: [],
  tid: TENANT,
  appid: CLIENT,
  oid: null,
  iss: null,
  ver: '1.0',
  idtyp: 'user',
  idp: null,
  amr: ['pwd'],
  appidacr: '1',
  iat: 1_795_489_000,
  nbf: 1_795_489_000,
  exp: 1_795_493_000,
  ...changes,
});

export type SignInCheck =
  'token.redeem' | 'token.refresh' | 'imap.mailbox' | 'pop3.mailbox' | 'smtp.login' | 'mail.round-trip';
const AIM: Record<SignInCheck, StandardTarget> = {
  'token.redeem': 'login',
  'token.refresh': 'login',
  'imap.mailbox': 'imap',
  'pop3.mailbox': 'pop3',
  'smtp.login': 'smtp',
  'mail.round-trip': 'smtp',
};

/** A check with credentials that came through. */
export function signedIn(
  check: SignInCheck,
  changes: Partial<CheckResult> = {},
  mailbox = SALES,
): CheckResult {
  const at = passed(AIM[check]);
  return {
    ...at,
    check,
    target: { ...at.target, name: mailbox.split('@', 1)[0] as string, mailbox },
    evidence: check.startsWith('token.')
      ? { claims: claimsOf() }
      : {
          login: { user: mailbox, credential: '1800 characters, sha256 ab12', reply: 'OK' },
          mailbox: { opened: true },
        },
    ...changes,
  };
}

const TARGETS: StandardTarget[] = ['login', 'login-alias', 'exchange', 'smtp', 'imap', 'pop3'];
const SIGN_IN: Record<Role, SignInCheck[]> = {
  services: ['token.refresh', 'imap.mailbox', 'smtp.login'],
  application: ['token.redeem'],
};

/** A server on which everything works, with the checks of its roles. */
export const healthy = (name: string, ...roles: Role[]): ServerResults => ({
  name,
  roles,
  results: [
    ...TARGETS.map((target) => wellAt(target)),
    ...roles.flatMap((role) => SIGN_IN[role]).map((check) => signedIn(check)),
  ],
});
