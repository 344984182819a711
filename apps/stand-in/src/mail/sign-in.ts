import type { AccessTokenClaims } from '../access-tokens.ts';
import type { ApplicationRole, DelegatedScope, Mailbox, User } from '../directory.ts';
import { sameName } from '../directory.ts';
import type { MailProtocol, MailWorld } from './mail-world.ts';
import { readXOAuth2 } from './xoauth2.ts';

/** Why a sign-in does not get through. Servers hardly tell these apart; whoever runs the stand-in may want to. */
export type Refusal =
  | 'malformed'
  | 'token'
  | 'audience'
  | 'permission'
  | 'user'
  | 'smtp-off-for-tenant'
  | 'smtp-off-for-mailbox'
  | 'protocol-off'
  | 'no-mailbox'
  | 'unlicensed'
  | 'no-access';

export interface SignIn {
  /** The mailbox asked for (`user=`), empty when the string could not be read. */
  mailbox: string;
  /** User name or client id of whom the token speaks for; null when the token is worth nothing. */
  trustee: string | null;
  /** When the token runs out, seconds since 1970. */
  expiresAt: number;
  refusal: Refusal | null;
}

/** Exchange Online as the audience of a token: by either URL or by its application id. */
const AUDIENCES = [
  'https://outlook.office.com',
  'https://outlook.office365.com',
  '00000002-0000-0ff1-ce00-000000000000',
];

const PERMISSIONS: Record<MailProtocol, { scope: DelegatedScope; role: ApplicationRole }> = {
  imap: { scope: 'IMAP.AccessAsUser.All', role: 'IMAP.AccessAsApp' },
  pop3: { scope: 'POP.AccessAsUser.All', role: 'POP.AccessAsApp' },
  smtp: { scope: 'SMTP.Send', role: 'SMTP.SendAsApp' },
};

/** Whether the refusal is of the token itself; otherwise the token is good and the mailbox does not open. */
export function refusesToken(refusal: Refusal): boolean {
  return ['malformed', 'token', 'audience', 'permission', 'user'].includes(refusal);
}

/** Judges the base64 of an XOAUTH2 string by the state of the directory at this moment. */
export async function signIn(base64: string, protocol: MailProtocol, world: MailWorld): Promise<SignIn> {
  const asked = readXOAuth2(base64);
  if (!asked) return { mailbox: '', trustee: null, expiresAt: 0, refusal: 'malformed' };
  const claims = await world.tokens.verify(asked.accessToken);
  const refused = { mailbox: asked.user, trustee: null, expiresAt: 0 };
  if (!claims || claims.tenantId !== world.directory.tenant.id) return { ...refused, refusal: 'token' };
  const trustee = claims.userName ?? claims.clientId;
  return {
    mailbox: asked.user,
    trustee,
    expiresAt: claims.expiresAt,
    refusal: tokenRefusal(claims, protocol, world) ?? mailboxRefusal(asked.user, claims, protocol, world),
  };
}

/**
 * Whether the holder of the token may send with this address: as the user itself, or with Send As on that mailbox. An
 * application is nobody's own self and always needs Send As.
 */
export function maySendAs(address: string, { trustee }: SignIn, { directory }: MailWorld): boolean {
  if (trustee === null) return false;
  return sameName(address, trustee) || names(directory.mailbox(address)?.sendAs, trustee);
}

function tokenRefusal(claims: AccessTokenClaims, protocol: MailProtocol, world: MailWorld): Refusal | null {
  const { scope, role } = PERMISSIONS[protocol];
  if (!AUDIENCES.includes(claims.audience.replace(/\/$/, ''))) return 'audience';
  if (!(claims.userName === null ? claims.roles.includes(role) : claims.scopes.includes(scope))) {
    return 'permission';
  }
  const holder =
    claims.userName === null
      ? world.directory.application(claims.clientId)
      : world.directory.user(claims.userName);
  return holder?.enabled ? null : 'user';
}

function mailboxRefusal(
  address: string,
  claims: AccessTokenClaims,
  protocol: MailProtocol,
  { directory }: MailWorld,
): Refusal | null {
  // The switches are those of the user who signed in; an application has none, so the mailbox's own user counts.
  const user = directory.user(claims.userName ?? address);
  if (protocol === 'smtp') {
    const own = user?.smtpAuthDisabled ?? null;
    if (own === true) return 'smtp-off-for-mailbox';
    if (own === null && directory.tenant.smtpAuthDisabled) return 'smtp-off-for-tenant';
  } else if (user && !isEnabled(user, protocol)) return 'protocol-off';
  const mailbox = directory.mailbox(address);
  if (!mailbox) return 'no-mailbox';
  if (!mailbox.licensed) return 'unlicensed';
  return hasAccess(mailbox, claims, protocol) ? null : 'no-access';
}

function isEnabled(user: User, protocol: 'imap' | 'pop3'): boolean {
  return protocol === 'imap' ? user.imapEnabled : user.popEnabled;
}

function hasAccess(mailbox: Mailbox, claims: AccessTokenClaims, protocol: MailProtocol): boolean {
  const trustee = claims.userName ?? claims.clientId;
  if (claims.userName !== null && sameName(mailbox.address, claims.userName)) return true;
  // Send As opens a mailbox for sending only.
  return names(mailbox.fullAccess, trustee) || (protocol === 'smtp' && names(mailbox.sendAs, trustee));
}

function names(list: readonly string[] | undefined, name: string): boolean {
  return list?.some((each) => sameName(each, name)) ?? false;
}
