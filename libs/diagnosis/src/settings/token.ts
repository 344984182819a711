import { isAppOnly, isTokenCheck } from '../sign-in/sign-in.ts';
import { MAIL_SCOPES, TOKEN_RESOURCE, type TokenClaims } from '@mailpath/protocol';
import { say } from '../checklist/words/catalogue.ts';
import { resourceOf } from './exchange-resource.ts';
import { neededProtocols } from './scopes.ts';
import {
  newest,
  shown,
  verdictsOn,
  type Judgement,
  type MailboxSettings,
  type Seen,
  type SiteSettings,
} from './setting.ts';
import { judgeTenantIs } from './tenant.ts';
import { judgeClock, judgeLifetime } from './token-times.ts';

/** Permissions of the application itself; `SMTP.SendAsApp` may be replaced by a role in Exchange. */
const APP_ROLES = { imap: 'IMAP.AccessAsApp', pop3: 'POP.AccessAsApp', smtp: 'SMTP.SendAsApp' } as const;

/** C4, C5, X2, X3, X9: what the newest token of each user says of itself. */
export function judgeTokens(
  site: SiteSettings,
  mailboxes: readonly MailboxSettings[],
  seen: readonly Seen[],
): Judgement[] {
  const tokens = seen.filter(({ result }) => isTokenCheck(result) && result.evidence.claims);
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
): Judgement[] {
  const isApp = isAppOnly(seen.result);
  return [
    judgeAudience(site, subject, claims),
    ...judgePermissions(site, subject, claims, isApp),
    ...(isApp ? [] : [judgeUser(subject, expected, claims)]),
    ...(claims.tid === null ? [] : [judgeTenantIs(site, claims.tid, subject, 'token')]),
    ...judgeClient(site, subject, claims),
    ...judgeLifetime(subject, claims),
    ...judgeClock(seen, claims),
  ];
}

function judgeAudience(site: SiteSettings, subject: string, { aud, opaque }: TokenClaims): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('X2', subject);
  const wanted = TOKEN_RESOURCE[site.cloud].delegated;
  if (aud === null)
    return cannotTell(say('audience.unknown', opaque), say('audience.see-scopes', wanted), 'S27');
  const resource = resourceOf(aud, site.cloud);
  return resource === 'exchange'
    ? holds(say('audience.good'), null, 'S27')
    : broken(say('audience.other', resource, shown(aud), site.cloud), say('audience.below', wanted), 'S27');
}

function judgePermissions(
  site: SiteSettings,
  subject: string,
  claims: TokenClaims,
  isApp: boolean,
): Judgement[] {
  const { holds, broken, cannotTell } = verdictsOn('X2', subject);
  const held = isApp ? claims.roles : (claims.scp ?? '').split(/\s+/).filter((scope) => scope !== '');
  if (claims.opaque || (held.length === 0 && !isApp && claims.scp === null))
    return [cannotTell(say('permissions.unknown'), say('permissions.sign-in'), 'S27')];
  const named = isApp ? APP_ROLES : MAIL_SCOPES;
  const has = new Set(held.map((one) => one.toLowerCase()));
  const missing = neededProtocols(site).filter(
    (group) => !group.some((one) => has.has(named[one].toLowerCase())),
  );
  if (missing.length === 0) return [holds(say('permissions.good', held.map(shown)), null, 'S27', 'S34')];
  return missing.map((group) => {
    const names = group.map((one) => named[one]);
    if (isApp && group.includes('smtp'))
      return cannotTell(say('permissions.role-perhaps', names), say('permissions.add-role', names), 'S35');
    return broken(say('permissions.missing', names), say('permissions.add', names), 'S27', 'S34');
  });
}

function judgeUser(subject: string, expected: string | null, { user, userFrom }: TokenClaims): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('C5', subject);
  if (user === null || expected === null)
    return cannotTell(
      user === null ? say('user.unknown') : say('user.not-entered', shown(user)),
      say('user.watch'),
      'S28',
      'S30',
    );
  if (user.toLowerCase() === expected.toLowerCase())
    return holds(say('user.same', user, userFrom ?? 'token'), null, 'S30', 'S33');
  return broken(
    say('user.other', shown(user), shown(expected)),
    say('user.create-anew', expected),
    'S28',
    'S30',
    'S32',
    'S33',
  );
}

function judgeClient(site: SiteSettings, subject: string, { appid }: TokenClaims): Judgement[] {
  if (appid === null || site.clientId === null) return [];
  const { holds, broken } = verdictsOn('C3', subject);
  return [
    appid.toLowerCase() === site.clientId.toLowerCase()
      ? holds(say('token-client.same'), null, 'S24')
      : broken(say('token-client.other', shown(appid), site.clientId), say('token-client.correct'), 'S24'),
  ];
}
