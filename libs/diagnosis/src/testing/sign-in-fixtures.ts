import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { failing } from './faults.ts';
import { app, but, type Fixture, faulty, svc } from './fixtures.ts';
import { claimsOf, sections, signedIn, type SignInCheck } from './healthy.ts';
import type { ServerResults } from '../look.ts';

const breaks = (check: SignInCheck, phase: Phase, code: FailureCode, evidence: object = {}, server = svc()) =>
  but(server, check, (result) => failing(result, phase, code, evidence));
const answer = (aadsts: number, error = 'invalid_grant') => ({
  token: {
    status: 400,
    error,
    aadsts,
    description: `AADSTS${aadsts}: as Entra ID says it.`,
    correlationId: 'c-1',
  },
});
const refresh = (aadsts: number, error?: string) =>
  breaks('token.refresh', 'token', 'denied', answer(aadsts, error));
const login = (reply: string) => ({
  login: { user: 'sales@example.com', credential: '1800 characters, sha256 ab12', reply },
});
const claims = (changes: Parameters<typeof claimsOf>[0]): ServerResults =>
  but(svc(), 'token.refresh', (result) => ({
    ...result,
    evidence: sections(result.evidence, { claims: claimsOf(changes) }),
  }));
const also = (server: ServerResults, ...results: CheckResult[]): ServerResults => ({
  ...server,
  results: [...server.results, ...results],
});

export const SIGN_IN_FIXTURES = {
  'token.other-user': {
    servers: [faulty('token.other-user sales@example.com')],
    owner: 'ece-administrator',
    item: 'C5',
    confidence: 'certain',
    says: 'belongs to admin@example.com, and sales@example.com is expected',
  },
  'token.audience': {
    servers: [claims({ aud: 'https://graph.microsoft.com' })],
    owner: 'entra',
    item: 'X2',
    says: 'is for https://graph.microsoft.com',
  },
  'token.scope': {
    servers: [claims({ scp: 'IMAP.AccessAsUser.All' })],
    owner: 'entra',
    item: 'X2',
    says: 'lacks SMTP.Send',
  },
  'token.tenant': {
    servers: [claims({ tid: '9188040d-6c67-4c5b-b112-36a304b66dad' })],
    owner: 'ece-administrator',
    item: 'X3',
    says: '9188040d',
  },
  'token.other-application': {
    servers: [claims({ appid: '00000000-0000-0000-0000-000000000001' })],
    owner: 'ece-administrator',
    item: 'X3',
    says: 'for the application 00000000',
  },
  'token.expired': {
    servers: [
      breaks('imap.mailbox', 'authenticate', 'denied', {
        ...login('NO AUTHENTICATE failed.'),
        claims: claimsOf({ exp: 1_700_000_000 }),
      }),
    ],
    owner: 'ece-administrator',
    item: 'C4',
    says: 'ran out at 2023-11-14T22:13:20.000Z',
  },
  'token.secret': {
    servers: [faulty('token.secret application'), app()],
    owner: 'entra',
    item: 'X1',
    confidence: 'certain',
    says: 'AADSTS7000222',
  },
  'token.consent': { servers: [refresh(65001)], owner: 'entra', item: 'X2', says: 'AADSTS65001' },
  'token.redirect': {
    servers: [refresh(50011, 'invalid_request')],
    owner: 'entra',
    item: 'C3',
    says: 'AADSTS50011',
  },
  'token.registration': {
    servers: [refresh(700016, 'unauthorized_client')],
    owner: 'entra',
    item: 'X3',
    says: 'AADSTS700016',
  },
  'token.account': {
    servers: [refresh(50034)],
    owner: 'entra',
    item: 'C5',
    says: 'the account sales@example.com',
  },
  'token.revoked': {
    servers: [faulty('token.revoked sales@example.com'), app()],
    owner: 'ece-administrator',
    item: 'C4',
    says: 'no longer good',
  },
  'token.policy': {
    servers: [faulty('token.policy AADSTS53003'), svc('svc02')],
    owner: 'entra',
    item: 'X4',
    confidence: 'likely',
    says: 'AADSTS53003',
  },
  'token.restricted': { servers: [refresh(500021)], owner: 'proxy', item: 'X6', says: 'tenant restrictions' },
  'token.redeem-here': {
    servers: [svc(), breaks('token.redeem', 'token', 'denied', answer(54005), app())],
    names: ['app01'],
    owner: 'ece-administrator',
    item: 'C3',
    says: 'first token of sales@example.com cannot be made here',
  },
  'token.refresh-here': {
    servers: [refresh(50001_9), app()],
    owner: 'entra',
    item: 'C4',
    says: 'is made elsewhere, but cannot be refreshed here',
  },
  'token.silent': {
    servers: [breaks('token.refresh', 'token', 'timeout')],
    owner: 'proxy',
    item: 'X6',
    says: 'the token request gets no answer',
  },
  'token.unavailable': {
    servers: [
      breaks('token.refresh', 'token', 'unavailable', {
        token: { status: 503, error: 'temporarily_unavailable' },
      }),
    ],
    owner: 'unknown',
    item: 'X7',
    says: 'temporarily_unavailable',
  },
  // An unknown number is explained by the `error` beside it, invalid_grant.
  'token.denied': {
    servers: [refresh(999_999)],
    owner: 'ece-administrator',
    item: 'C4',
    says: 'AADSTS999999',
  },
  'smtp.auth-off': {
    servers: [
      breaks(
        'smtp.login',
        'authenticate',
        'denied',
        login(
          '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
        ),
      ),
    ],
    owner: 'exchange',
    item: 'C6',
    confidence: 'certain',
    says: 'switched off for the tenant',
  },
  'smtp.refused-alone': {
    servers: [breaks('smtp.login', 'authenticate', 'denied', login('535 5.7.3 Authentication unsuccessful'))],
    owner: 'exchange',
    item: 'C6',
    confidence: 'likely',
    says: 'the same sign-in opens the mailbox',
  },
  'login.token-refused': {
    servers: [breaks('imap.mailbox', 'authenticate', 'denied', login('NO AUTHENTICATE failed.'))],
    owner: 'ece-administrator',
    item: 'C5',
    says: 'IMAP refuses the token of sales@example.com',
  },
  'mailbox.refused': {
    servers: [
      breaks('imap.mailbox', 'open-mailbox', 'denied', {
        mailbox: { opened: false, reply: 'BAD User is authenticated but not connected.' },
      }),
    ],
    owner: 'exchange',
    item: 'C8',
    says: 'BAD User is authenticated but not connected.',
  },
  'send.denied': {
    servers: [
      also(
        svc(),
        failing(signedIn('mail.round-trip'), 'send', 'denied', {
          submission: { from: 'sales@example.com', data: '554 5.2.252 SendAsDenied' },
        }),
      ),
    ],
    owner: 'exchange',
    item: 'C8',
    says: '554 5.2.252 SendAsDenied',
  },
  'login.unavailable': {
    servers: [svc(), svc('svc02')].map((server) =>
      breaks(
        'imap.mailbox',
        'open-mailbox',
        'unavailable',
        { mailbox: { reply: 'NO Server Unavailable. 15' } },
        server,
      ),
    ),
    names: ['svc01', 'svc02'],
    owner: 'microsoft',
    item: 'X7',
    says: 'cannot serve sales@example.com now',
  },
  'login.silent': {
    servers: [breaks('imap.mailbox', 'authenticate', 'closed')],
    owner: 'network',
    item: 'X8',
    says: 'breaks off while sales@example.com signs in',
  },
  'mail.not-returned': {
    servers: [also(svc(), failing(signedIn('mail.round-trip'), 'receive', 'timeout'))],
    owner: 'exchange',
    item: 'X7',
    says: 'was not found again',
  },
  throttled: {
    servers: [
      breaks('smtp.login', 'send', 'throttled', {
        submission: {
          from: 'sales@example.com',
          mailFrom: '432 4.3.2 Concurrent connections limit exceeded',
        },
      }),
    ],
    owner: 'ece-administrator',
    item: 'X7',
    says: 'asks to slow down',
  },
} satisfies Record<string, Fixture>;
