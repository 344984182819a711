import { type Refusal, type Told, words } from '../told.ts';
import { because, here, ifLocal, list, remedy, said } from './phrases.ts';

export const login = {
  'smtp.auth-off': words<Refusal & { tenant: boolean }>({
    sentence: (p) => `SMTP AUTH is switched off for ${p.tenant ? 'the tenant' : list(p.mailboxes)}${said(p)}`,
    cause: () =>
      'Exchange Online says so itself. The switch is about the protocol, so that OAuth is refused as well.',
    nextStep: ({ mailboxes }) =>
      `Set-CASMailbox ${list(mailboxes)} -SmtpClientAuthenticationDisabled $false; the mailbox’s setting wins over the tenant’s.`,
  }),
  'smtp.refused-alone': words<Refusal & { scope: 'granted' | 'unknown' }>({
    sentence: (p) =>
      `SMTP refuses the login of ${list(p.mailboxes)}, and the same sign-in opens the mailbox${said(p)}`,
    cause: ({ scope }) =>
      scope === 'granted'
        ? 'Token and account are good, and SMTP.Send is in the token: SMTP AUTH is switched off for the mailbox or the tenant.'
        : 'Token and account are good: the permission SMTP.Send is missing, or SMTP AUTH is switched off for the mailbox or the tenant.',
    nextStep: ({ mailboxes, scope }) =>
      `${scope === 'granted' ? '' : 'See that the application asks for SMTP.Send and has consent to it. '}Get-CASMailbox ${list(mailboxes)} | fl SmtpClientAuthenticationDisabled (must not be True).`,
  }),
  'login.token-refused': words<Refusal & { sameToken: boolean }>({
    sentence: (p) => `${list(p.protocols)} refuses the token of ${list(p.mailboxes)}${said(p)}`,
    cause: (p) =>
      p.spread === 'one' || p.spread === 'some'
        ? `${p.sameToken ? 'The very same token' : 'A token for the same account'} is taken from ${list(p.witnesses)}: something between this server and Microsoft, or a policy by location (Conditional Access) that does not know this server’s public address.`
        : because(
            p,
            'The token as such is refused, before any mailbox is looked at: wrong user, audience, permission or tenant, or the protocol is switched off for the account.',
          ),
    nextStep: (p) =>
      p.spread === 'one' || p.spread === 'some'
        ? `Compare public address and certificate chain of ${here(p)} with those of ${list(p.witnesses)}, and look for its sign-ins in the log of Entra ID.`
        : remedy(
            p,
            `Compare user, audience and scopes of the token with the mailbox, and see Get-CASMailbox for ${list(p.mailboxes)}.`,
          ),
  }),
  'mailbox.refused': words<Refusal>({
    sentence: (p) =>
      `${list(p.protocols)} takes the token, but the mailbox ${list(p.mailboxes)} does not open${said(p)}`,
    cause: (p) =>
      `Authenticated but not connected: the token is good. The protocol is switched off for the token’s user, the user has no full access to the mailbox, or the mailbox is missing or has no licence.${ifLocal(p, 'Other servers open it, so look for a difference in time first.')}`,
    nextStep: (p) =>
      remedy(
        p,
        `See Get-CASMailbox for the token’s user (ImapEnabled, PopEnabled) and Get-MailboxPermission ${list(p.mailboxes)} (FullAccess), then the licence.`,
      ),
  }),
  'send.denied': words<Refusal>({
    sentence: (p) => `SMTP takes the login of ${list(p.mailboxes)}, but not the sender${said(p)}`,
    cause: (p) =>
      because(
        p,
        'The login is good, so it is no matter of the token: the account has no right to send as this address.',
      ),
    nextStep: (p) =>
      remedy(
        p,
        `Add-RecipientPermission ${list(p.mailboxes)} -Trustee <token user> -AccessRights SendAs, or send as the account itself.`,
      ),
  }),
  'login.unavailable': words<Refusal>({
    sentence: (p) => `${list(p.protocols)} says that it cannot serve ${list(p.mailboxes)} now${said(p)}`,
    cause: (p) =>
      because(
        p,
        `${p.spread === 'all' ? 'Every server is told so: a fault of the service.' : 'A fault of the moment in the service, or of the mailbox’s server; it is no fault of the credentials.'}${ifLocal(p, 'Other servers are served.')}`,
      ),
    nextStep: () => 'Wait and look again; then read the service health of Microsoft 365.',
  }),
  'login.silent': words({
    sentence: ({ protocols, mailboxes, places }) =>
      `${list(places)} breaks off while ${list(mailboxes)} signs in (${list(protocols)}).`,
    cause: (p) =>
      `The conversation ended without a yes or no: a device on the way that dislikes long lines, or a server without such a mailbox.${ifLocal(p, 'Other servers sign in.')}`,
    nextStep: (p) =>
      `Let ${list(p.places)} pass without protocol inspection for ${here(p)}, and see that the mailbox exists.`,
  }),
  'mail.not-returned': words<Told & { line: string }>({
    sentence: ({ mailboxes, line }) =>
      `A message sent as ${list(mailboxes)} was taken, but was not found again: ${line}`,
    cause: () =>
      'The mail is under way or was put elsewhere: a rule, a journal, quarantine, or a slow transport.',
    nextStep: ({ mailboxes }) =>
      `Look for the message id in the message trace of Exchange Online, and for rules of ${list(mailboxes)}.`,
  }),
  throttled: words<Refusal>({
    sentence: (p) => `${list(p.places)} asks to slow down${said(p)}`,
    cause: (p) =>
      because(
        p,
        'Throttled is not down: too many requests or connections at once for this mailbox or application. It says nothing of path, token or mailbox.',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'Wait; then let fewer processes use the mailbox at once (three SMTP sessions and 30 messages a minute at the most).',
      ),
  }),
};
