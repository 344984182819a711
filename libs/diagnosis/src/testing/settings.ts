import type { CheckResult, TokenClaims } from '@mailpath/protocol';
import { inWords, type Told } from '../checklist/words/catalogue.ts';
import type { Judgement, MailboxSettings, Seen, SiteSettings } from '../settings/setting.ts';
import { passed } from './results.ts';

export const TENANT = '11111111-2222-4333-8444-555555555555';
export const CLIENT = 'b5d8b7a4-0f6e-4b5e-9c1e-1f2a3b4c5d6e';

/** A site whose settings are all as they must be. */
export const siteWith = (changes: Partial<SiteSettings> = {}): SiteSettings => ({
  name: 'Tokyo',
  version: '12.6(1)',
  esLevel: 'ES5',
  externalUrl: 'https://ece.example.com',
  adminConsoleUrl: 'https://ece.example.com/system/web/apps/login/',
  redirectUri: 'https://ece.example.com/system/oauth',
  cloud: 'worldwide',
  tenant: TENANT,
  clientId: CLIENT,
  inboundProtocol: 'imap',
  ...changes,
});

export const mailboxWith = (changes: Partial<MailboxSettings> = {}): MailboxSettings => ({
  name: 'sales',
  address: 'sales@example.com',
  userName: 'sales@example.com',
  licence: null,
  imapEnabled: null,
  popEnabled: null,
  smtpAuthEnabled: null,
  ...changes,
});

/** A result of any check on `svc01`, about the mailbox `sales` unless told. */
export const seen = (check: string, changes: Partial<CheckResult> = {}, server = 'svc01'): Seen => ({
  server,
  result: passed('login', {
    check,
    target: { name: 'sales', host: '127.0.0.1', port: 443, mailbox: 'sales@example.com' },
    ...changes,
  }),
});

/** Claims of a token as it must be, issued a minute before the results of `passed` begin. */
export const claimsWith = (changes: Partial<TokenClaims> = {}): TokenClaims => {
  const iat = Date.parse('2026-11-24T02:59:00.000Z') / 1_000;
  return {
    user: 'sales@example.com',
    userFrom: 'id-token',
    opaque: false,
    aud: 'https://outlook.office.com',
    scp: 'IMAP.AccessAsUser.All SMTP.Send',
    roles: [],
    tid: TENANT,
    appid: CLIENT,
    oid: null,
    iss: null,
    ver: '1.0',
    idtyp: 'user',
    idp: null,
    amr: [],
    appidacr: '1',
    iat,
    nbf: iat,
    exp: iat + 75 * 60,
    ...changes,
  };
};

/** The verdicts in short, for tables: `broken S17`. */
export const inShort = (verdicts: readonly Judgement[]): string[] =>
  verdicts.map(({ item, verdict, statements }) => [item, verdict, ...statements].join(' '));

/** A sentence in English; empty where there is none. */
export const english = (told: Told | null | undefined): string => (told ? inWords(told, 'en') : '');
