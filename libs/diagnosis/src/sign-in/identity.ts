import { MAIL_SCOPES, type CheckResult, type TokenClaims } from '@mailpath/protocol';
import type { RuleContext } from '../look.ts';
import { claimsOf, isAppOnly, type MailProtocol, opensMailbox } from './sign-in.ts';

/** Whose the token is: a user's, made by a sign-in, or the application's own (RFC 6749, section 4.4). */
export type Grant = 'user' | 'application';

/** Which names each protocol compares, by grant (Microsoft: authenticate IMAP, POP or SMTP with OAuth). */
export interface Identity {
  /** What the token must permit: a scope in `scp` of a user's token, a role in `roles` of the application's. */
  readonly permission: string;
  readonly permissionIn: 'scp' | 'roles';
  /** What `user=` of XOAUTH2 must name, whoever the token is of. */
  readonly signsInto: 'mailbox-address';
  /**
   * Whom the mailbox must know: by sign-in name (UPN), or by object ID of the enterprise application, the token's
   * `oid`.
   */
  readonly holder: 'sign-in-name' | 'service-principal';
  /** The right that the holder needs on a mailbox that is not its own. */
  readonly right: 'FullAccess' | 'SendAs';
  /**
   * Whose protocol switches count: of the user who signs in, not of the mailbox that is opened; an application has
   * none.
   */
  readonly switchesOf: 'token-user' | 'mailbox';
}

const user = (protocol: MailProtocol, right: Identity['right']): Identity => ({
  permission: MAIL_SCOPES[protocol],
  permissionIn: 'scp',
  signsInto: 'mailbox-address',
  holder: 'sign-in-name',
  right,
  switchesOf: 'token-user',
});
const application = (permission: string, right: Identity['right']): Identity => ({
  permission,
  permissionIn: 'roles',
  signsInto: 'mailbox-address',
  holder: 'service-principal',
  right,
  switchesOf: 'mailbox',
});

export const IDENTITIES: Readonly<Record<MailProtocol, Readonly<Record<Grant, Identity>>>> = {
  imap: { user: user('imap', 'FullAccess'), application: application('IMAP.AccessAsApp', 'FullAccess') },
  pop3: { user: user('pop3', 'FullAccess'), application: application('POP.AccessAsApp', 'FullAccess') },
  smtp: { user: user('smtp', 'SendAs'), application: application('SMTP.SendAsApp', 'SendAs') },
};

/** By what a token says of itself: `idtyp` where it has one, else roles in place of scopes. */
export const grantOf = ({ idtyp, roles, scp, user: named }: TokenClaims): Grant =>
  idtyp === 'app' || (idtyp !== 'user' && scp === null && named === null && roles.length > 0)
    ? 'application'
    : 'user';

/**
 * The tenant that an issuer of Entra ID stands for, in tokens of version 1.0 (`https://sts.windows.net/…/`) and of 2.0
 * (`https://login.microsoftonline.com/…/v2.0`), in all clouds; null for any other.
 */
export function tenantOfIssuer(issuer: string | null | undefined): string | null {
  const { protocol, hostname, pathname } = URL.parse(issuer ?? '') ?? {};
  const [, tenant = '', version = ''] = pathname?.split('/') ?? [];
  const isEntras = protocol === 'https:' && ISSUERS.includes(hostname ?? '');
  return isEntras && GUID.test(tenant) && ['', 'v2.0'].includes(version) ? tenant.toLowerCase() : null;
}

const ISSUERS: readonly string[] = [
  'sts.windows.net',
  'sts.chinacloudapi.cn',
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
];
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Where the account of a token lives, when that is not the tenant that issued it: then it is a guest there, which is
 * given no mailbox (Microsoft: access token claims reference, `idp`; guests are named `name_domain#EXT#@tenant`). An
 * address, a tenant, or the name of another provider; null for an account of the tenant itself.
 */
export function homeOfGuest({ user, idp, iss, tid }: TokenClaims): string | null {
  const [before, after] = user?.split(/#EXT#@/i) ?? [];
  if (before !== undefined && after !== undefined) {
    const cut = before.lastIndexOf('_');
    return cut > 0 ? `${before.slice(0, cut)}@${before.slice(cut + 1)}` : before;
  }
  if (!idp || idp === iss) return null;
  const own = (tid ?? tenantOfIssuer(iss))?.toLowerCase();
  // Of a tenant that nobody knows nothing is a guest; and its own issuer names it, at whichever host of a cloud.
  if (own === undefined || idp.toLowerCase().includes(own)) return null;
  return tenantOfIssuer(idp) ?? idp;
}

/**
 * The application's own claims, where the token that a result signs in with is the application's; null for a user's.
 */
export function applicationClaims(result: CheckResult, context: RuleContext): TokenClaims | null {
  const claims = claimsOf(result, context);
  if (!claims) return null;
  return grantOf(claims) === 'application' || isAppOnly(result) ? claims : null;
}

/** What an application's token must permit and does not, for one protocol; null where it does, or does not say. */
export function missingRole({ roles, opaque }: TokenClaims, protocol: MailProtocol): string | null {
  const { permission } = IDENTITIES[protocol].application;
  return opaque || roles.some((role) => role.toLowerCase() === permission.toLowerCase()) ? null : permission;
}

/** What is known of a token that names another user than the one that is entered. */
export type OtherName =
  /** The mailbox opens with it: two names of one account, or a user who has full access. */
  | 'works'
  /** The mailbox does not open. */
  | 'refused'
  /** Nobody has tried. */
  | 'untried';

/**
 * By the sign-ins with the token to the mailboxes that it is for: by those that open it, where one was tried, else by
 * all.
 */
export function otherName(all: readonly Pick<CheckResult, 'check' | 'outcome' | 'failure'>[]): OtherName {
  const opening = all.filter((each) => opensMailbox(each) && each.outcome !== 'skipped');
  const logins = opening.length > 0 ? opening : all;
  if (logins.some(({ outcome }) => outcome === 'pass' || outcome === 'warn')) return 'works';
  return logins.some(({ failure }) => failure?.code === 'denied') ? 'refused' : 'untried';
}
