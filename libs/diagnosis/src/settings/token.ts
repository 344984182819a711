import { MAIL_SCOPES, TOKEN_RESOURCE, type SettingVerdict, type TokenClaims } from '@mailpath/protocol';
import { resourceOf } from './exchange-resource.ts';
import { neededProtocols } from './scopes.ts';
import { newest, shown, verdictsOn, type MailboxSettings, type Seen, type SiteSettings } from './setting.ts';
import { judgeTenantIs } from './tenant.ts';
import { judgeClock, judgeLifetime } from './token-times.ts';

const TOKEN_CHECKS: ReadonlySet<string> = new Set([
  'token.redeem',
  'token.device-code',
  'token.refresh',
  'token.app-only',
]);
/** Permissions of the application itself; `SMTP.SendAsApp` may be replaced by a role in Exchange. */
const APP_ROLES = { imap: 'IMAP.AccessAsApp', pop3: 'POP.AccessAsApp', smtp: 'SMTP.SendAsApp' } as const;

/** C4, C5, X2, X3, X9: what the newest token of each user says of itself. */
export function judgeTokens(
  site: SiteSettings,
  mailboxes: readonly MailboxSettings[],
  seen: readonly Seen[],
): SettingVerdict[] {
  const tokens = seen.filter(({ result }) => TOKEN_CHECKS.has(result.check) && result.evidence.claims);
  const names = [...new Set(tokens.map(({ result }) => result.target.name))].sort();
  return names.flatMap((name) => {
    const last = newest(tokens.filter(({ result }) => result.target.name === name));
    const claims = last?.result.evidence.claims;
    if (!last || !claims) return [];
    // A token is aimed at the user whose sign-in it must be; only where that is not said, the mailbox of that name tells.
    const { mailbox: user } = last.result.target;
    const entered = mailboxes.find((one) => one.name === name);
    const expected = user ?? entered?.userName ?? null;
    return judgeToken(site, expected ?? name, expected, last, claims);
  });
}

function judgeToken(
  site: SiteSettings,
  subject: string,
  expected: string | null,
  seen: Seen,
  claims: TokenClaims,
): SettingVerdict[] {
  const isApp = seen.result.check === 'token.app-only';
  return [
    judgeAudience(site, subject, claims),
    ...judgePermissions(site, subject, claims, isApp),
    ...(isApp ? [] : [judgeUser(subject, expected, claims)]),
    ...(claims.tid === null ? [] : [judgeTenantIs(site, claims.tid, subject, 'The token')]),
    ...judgeClient(site, subject, claims),
    ...judgeLifetime(subject, claims),
    ...judgeClock(seen, claims),
  ];
}

function judgeAudience(site: SiteSettings, subject: string, { aud, opaque }: TokenClaims): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('X2', subject);
  const wanted = TOKEN_RESOURCE[site.cloud].delegated;
  if (aud === null)
    return cannotTell(
      `The access token ${opaque ? 'is opaque' : 'names no audience'}: whom it is for cannot be read from it.`,
      `See that the scopes are below ${wanted}/.`,
      'S27',
    );
  switch (resourceOf(aud, site.cloud)) {
    case 'exchange':
      return holds('The token is for Exchange Online.', null, 'S27');
    case 'graph':
      return broken(
        'The token is for Microsoft Graph; Exchange Online refuses it at sign-in.',
        `Ask for scopes below ${wanted}/.`,
        'S27',
      );
    case 'exchange-of-another-cloud':
      return broken(
        `The token is for Exchange Online of another cloud than ${site.cloud}.`,
        `Ask for scopes below ${wanted}/.`,
        'S27',
      );
    case 'unknown':
      return broken(
        `The token is for ${shown(aud)}, which is not Exchange Online.`,
        `Ask for scopes below ${wanted}/.`,
        'S27',
      );
  }
}

function judgePermissions(
  site: SiteSettings,
  subject: string,
  claims: TokenClaims,
  isApp: boolean,
): SettingVerdict[] {
  const { holds, broken, cannotTell } = verdictsOn('X2', subject);
  const held = isApp ? claims.roles : (claims.scp ?? '').split(/\s+/).filter((scope) => scope !== '');
  if (claims.opaque || (held.length === 0 && !isApp && claims.scp === null))
    return [
      cannotTell(
        'The access token does not say what it permits.',
        'Sign in to the mailbox by the protocols that are used.',
        'S27',
      ),
    ];
  const named = isApp ? APP_ROLES : MAIL_SCOPES;
  const has = new Set(held.map((one) => one.toLowerCase()));
  const missing = neededProtocols(site).filter(
    (group) => !group.some((one) => has.has(named[one].toLowerCase())),
  );
  if (missing.length === 0)
    return [
      holds(`The token permits what the site uses: ${held.map(shown).join(', ')}.`, null, 'S27', 'S34'),
    ];
  return missing.map((group) => {
    const names = group.map((one) => named[one]).join(' or ');
    if (isApp && group.includes('smtp'))
      return cannotTell(
        `The token does not hold ${names}; a role in Exchange (Application SMTP.SendAsApp) may stand for it.`,
        `Add ${names} in Entra and consent to it, or see that the role is assigned.`,
        'S35',
      );
    return broken(
      `The token does not hold ${names}.`,
      `Add ${names} to the API permissions of the application, consent to it, ask for it, and create the token anew.`,
      'S27',
      'S34',
    );
  });
}

function judgeUser(
  subject: string,
  expected: string | null,
  { user, userFrom }: TokenClaims,
): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('C5', subject);
  if (user === null || expected === null)
    return cannotTell(
      user === null
        ? 'The tokens do not say whose sign-in they come from.'
        : `The token is of ${shown(user)}, and whose it must be is not entered.`,
      'Create the token in a private window, and watch which user signs in.',
      'S28',
      'S30',
    );
  if (user.toLowerCase() === expected.toLowerCase())
    return holds(
      `The token is of ${user}, as it must be (by the ${userFrom ?? 'token'}).`,
      null,
      'S30',
      'S33',
    );
  return broken(
    `The token is of ${shown(user)} and must be of ${shown(expected)}: the wrong user was signed in when it was created.`,
    `Create the token anew in a private window of the browser, and sign in as ${expected}.`,
    'S28',
    'S30',
    'S32',
    'S33',
  );
}

function judgeClient(site: SiteSettings, subject: string, { appid }: TokenClaims): SettingVerdict[] {
  if (appid === null || site.clientId === null) return [];
  const { holds, broken } = verdictsOn('C3', subject);
  return [
    appid.toLowerCase() === site.clientId.toLowerCase()
      ? holds("The token is of the site's application.", null, 'S24')
      : broken(
          `The token is of the application ${shown(appid)}, and the site's is ${site.clientId}.`,
          'Correct the client id in ECE or here.',
          'S24',
        ),
  ];
}
