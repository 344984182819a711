import { type Refusal, type Told, words } from '../told.ts';
import { BY_PLACE, because, here, ifAll, ifLocal, list, remedy, said } from './phrases.ts';

export const token = {
  'token.other-user': words<Told & { user: string; expected: string }>({
    sentence: ({ user, expected }) => `The token belongs to ${user}, and ${expected} is expected.`,
    cause: () =>
      'The browser signed in the user of the workstation by itself (single sign-on) when the token was made, and not the account that may open the mailbox.',
    nextStep: ({ expected }) =>
      `Make the token again in a private browser window, and sign in as ${expected}. Where a policy asks for a known device, use a browser profile of its own on one.`,
  }),
  'token.audience': words<Told & { audience: string }>({
    sentence: ({ audience }) => `The token is for ${audience}, and not for Exchange Online.`,
    cause: () =>
      'The scopes that were asked for belong to another service, most often Microsoft Graph; the mail servers take no such token.',
    nextStep: () =>
      'Ask for the scopes of Outlook (https://outlook.office.com/IMAP.AccessAsUser.All, POP.AccessAsUser.All, SMTP.Send) in ECE and make the token again.',
  }),
  'token.scope': words<Told & { scopes: string[]; granted: string }>({
    sentence: ({ scopes, granted }) => `The token lacks ${list(scopes)}; it has: ${granted || 'none'}.`,
    cause: () => 'The permission was not asked for, or nobody consented to it.',
    nextStep: ({ scopes }) =>
      `Add ${list(scopes)} to the permissions of the Entra application and to the scopes in ECE, let an administrator consent, and make the token again.`,
  }),
  'token.tenant': words<Told & { tenant: string; expected: string }>({
    sentence: ({ tenant, expected }) =>
      `The token comes from the tenant ${tenant}, and ${expected} is expected.`,
    cause: () =>
      'The sign-in went to another directory: an account of another tenant, or an authority URL with the wrong tenant id.',
    nextStep: ({ expected }) =>
      `Put the tenant ${expected} into the authorization and token URLs of ECE, and sign in with an account of it.`,
  }),
  'token.other-application': words<Told & { application: string; expected: string }>({
    sentence: ({ application, expected }) =>
      `The token was made for the application ${application}, and ${expected} is expected.`,
    cause: () => 'Another client id than the registered one is used.',
    nextStep: ({ expected }) => `Enter the client id ${expected} in ECE and make the token again.`,
  }),
  'token.expired': words<Told & { until: string }>({
    sentence: ({ mailboxes, until }) => `The access token of ${list(mailboxes)} ran out at ${until}.`,
    cause: () =>
      'The token was not refreshed in time; mail works for about an hour after sign-in and then stops.',
    nextStep: () =>
      'See why the services server cannot refresh it: its way to the sign-in host, the refresh token, the client secret.',
  }),
  'token.secret': words<Refusal>({
    sentence: (p) => `Entra ID does not take the credential of the application${said(p)}`,
    cause: (p) =>
      because(
        p,
        'The client secret (or certificate) is wrong or has run out. Every mailbox and every server of the site depends on it.',
      ),
    nextStep: (p) =>
      remedy(p, 'Make a new client secret in the Entra application and enter its value (not its id) in ECE.'),
  }),
  'token.consent': words<Refusal>({
    sentence: (p) => `Entra ID misses a consent or permission of the application${said(p)}`,
    cause: (p) =>
      because(p, 'Nobody consented to the mail permissions, or the application does not ask for them.'),
    nextStep: (p) =>
      remedy(
        p,
        'Add IMAP or POP .AccessAsUser.All and SMTP.Send to the Entra application, and let an administrator grant consent.',
      ),
  }),
  'token.redirect': words<Refusal>({
    sentence: (p) => `Entra ID does not know the redirect URI${said(p)}`,
    cause: (p) =>
      because(
        p,
        'The redirect URI that is sent is not the registered one: host, path, case or the slash at the end differ.',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'Register exactly the URI that ECE sends, under platform "Web"; its host is the external URL’s.',
      ),
  }),
  'token.registration': words<Refusal>({
    sentence: (p) => `Entra ID does not find the application or the tenant${said(p)}`,
    cause: (p) => because(p, 'Client id, tenant id and sign-in host do not belong together.'),
    nextStep: (p) =>
      remedy(
        p,
        'Take client id and tenant id from the same registration, and the sign-in host of its cloud.',
      ),
  }),
  'token.account': words<Refusal>({
    sentence: (p) => `Entra ID does not take the account ${list(p.mailboxes)}${said(p)}`,
    cause: (p) =>
      because(
        p,
        'The account is unknown, locked or disabled, has another password, or is not assigned to the application.',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'Mend the account in Entra ID, then make the token again. Do not repeat it before: that locks the account.',
      ),
  }),
  'token.revoked': words<Refusal>({
    sentence: (p) => `The refresh token of ${list(p.mailboxes)} is no longer good${said(p)}`,
    cause: (p) =>
      because(p, 'It was revoked (password reset, revoked sessions), replaced, or not used for too long.'),
    nextStep: (p) => remedy(p, 'Make the token again by signing in as the mailbox’s account.'),
  }),
  'token.policy': words<Refusal>({
    sentence: (p) =>
      `A policy of the tenant refuses the sign-in${p.mailboxes.length > 0 ? ` of ${list(p.mailboxes)}` : ''}${said(p)}`,
    cause: (p) =>
      because(
        p,
        `Conditional Access, multi-factor authentication or security defaults do not let it through.${ifLocal(p, BY_PLACE)}${ifAll(p, 'It is the same on every server, so it is no matter of one address.')}`,
      ),
    nextStep: (p) =>
      p.spread === 'one' || p.spread === 'some'
        ? `Add the public address of ${here(p)} to the trusted locations of the tenant; the sign-in log names the policy.`
        : remedy(
            p,
            'Find the sign-in in the log of Entra ID, and except the account from the policy that it names, or meet it.',
          ),
  }),
  'token.restricted': words<Refusal>({
    sentence: (p) => `A proxy adds tenant restrictions to the sign-in${said(p)}`,
    cause: (p) =>
      because(
        p,
        `The proxy between server and Entra ID lets only certain tenants be signed in to.${ifLocal(p, 'Other servers go another way.')}`,
      ),
    nextStep: (p) =>
      remedy(
        p,
        `Let the proxy team allow the tenant, or let ${here(p)} reach the sign-in host without the proxy.`,
      ),
  }),
  'token.redeem-here': words<Refusal>({
    sentence: (p) => `The first token of ${list(p.mailboxes)} cannot be made here${said(p)}`,
    cause: (p) =>
      because(
        p,
        'Tokens are refreshed elsewhere with the same application (S48), so its credential is good: redirect URI, external URL or the code itself, which is used once and only where it was asked for (S47).',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'Compare redirect URI and external URL with the Entra application, and start the sign-in anew.',
      ),
  }),
  'token.refresh-here': words<Refusal>({
    sentence: (p) =>
      `The token of ${list(p.mailboxes)} is made elsewhere, but cannot be refreshed here${said(p)}`,
    cause: (p) =>
      because(
        p,
        'Mail works for about an hour after sign-in and then stops: the services server refreshes tokens (S48), and is refused. A refresh token that is used up or revoked, or a policy by location that knows the application server’s address alone.',
      ),
    nextStep: (p) =>
      remedy(
        p,
        `Add the public address of ${here(p)} to the trusted locations; if it stays, make the token again.`,
      ),
  }),
  'token.silent': words({
    sentence: ({ places }) =>
      `The sign-in host ${list(places)} can be reached, but the token request gets no answer.`,
    cause: (p) =>
      `A proxy or firewall holds back requests that carry data.${ifLocal(p, 'Other servers are answered.')}`,
    nextStep: (p) => `Exempt ${list(p.places)} from the proxy for ${here(p)}.`,
  }),
  'token.unavailable': words<Refusal>({
    sentence: (p) => `Entra ID says that it cannot answer now${said(p)}`,
    cause: (p) =>
      because(
        p,
        `${p.spread === 'all' ? 'Every server is told so: a fault of the service.' : 'A fault of the service, or a proxy that answers in its name.'}${ifLocal(p, 'Other servers are served, so it is the way or the moment.')}`,
      ),
    nextStep: () => 'Wait and look again; then read the service health of Microsoft 365.',
  }),
  'token.denied': words<Refusal>({
    sentence: (p) =>
      `Entra ID refuses ${p.mailboxes.length > 0 ? `the token of ${list(p.mailboxes)}` : 'the request'}${said(p)}`,
    cause: (p) =>
      because(
        p,
        `The answer names what was wrong with the request, the application or the account.${ifLocal(p, BY_PLACE)}`,
      ),
    nextStep: (p) =>
      remedy(
        p,
        'Look the number up at https://login.microsoftonline.com/error, and the request in the sign-in log by its correlation id.',
      ),
  }),
};
