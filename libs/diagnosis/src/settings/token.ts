import { type CheckResult, TOKEN_RESOURCE, type TokenClaims } from '@mailpath/protocol';
import { grantOf, IDENTITIES, otherName } from '../sign-in/identity.ts';
import {
  isAppOnly,
  isLoginCheck,
  isTokenCheck,
  type MailProtocol,
  sameUser,
  signsInBy,
} from '../sign-in/sign-in.ts';
import { isOf } from './protocol-switches.ts';
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

/** Whose a token must be, and the sign-ins with it. */
interface WhoseToken {
  subject: string;
  expected: string | null;
  logins: readonly CheckResult[];
}

/** Sign-ins to the mailboxes that the user opens; to the one of the token's name, where no user is entered. */
const loginsOf = (
  mailboxes: readonly MailboxSettings[],
  name: string,
  user: string | null,
  holder: string | null,
  seen: readonly Seen[],
): CheckResult[] => {
  const own = mailboxes.filter(
    (one) =>
      one.name === name ||
      (user !== null && sameUser(one.userName, user)) ||
      (user !== null && sameUser(one.address, user)),
  );
  // A token is made on one server and used on others, but a server that has another user's token signs in with that
  // one.
  const others = new Set(
    seen.flatMap(({ server, result }) => {
      const other = isTokenCheck(result) && result.target.name === name ? result.evidence.claims?.user : null;
      return other && !sameUser(other, holder ?? other) ? [server] : [];
    }),
  );
  return seen.flatMap(({ server, result }) =>
    isLoginCheck(result) && !others.has(server) && own.some((one) => isOf(one, result.target))
      ? [result]
      : [],
  );
};

const isRefusedBySmtp = ({ check, failure }: CheckResult): boolean =>
  signsInBy({ check }) === 'smtp' && failure?.phase === 'authenticate' && failure.code === 'denied';

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
    // A token is aimed at the user whose sign-in it must be; only where that is not said, the mailbox of that name
    // tells.
    const { mailbox: user } = last.result.target;
    const entered = mailboxes.find((one) => one.name === name);
    const expected = user ?? entered?.userName ?? null;
    const logins = loginsOf(mailboxes, name, expected, claims.user, seen);
    return judgeToken(site, { subject: expected ?? name, expected, logins }, last, claims);
  });
}

function judgeToken(
  site: SiteSettings,
  { subject, expected, logins }: WhoseToken,
  seen: Seen,
  claims: TokenClaims,
): Judgement[] {
  const isApp = isAppOnly(seen.result) || grantOf(claims) === 'application';
  return [
    judgeAudience(site, subject, claims),
    ...judgePermissions(site, { subject, expected, logins }, claims, isApp),
    ...(isApp ? [] : [judgeUser({ subject, expected, logins }, claims)]),
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
  { subject, logins }: WhoseToken,
  claims: TokenClaims,
  isApp: boolean,
): Judgement[] {
  const { holds, broken, cannotTell } = verdictsOn('X2', subject);
  const held = isApp ? claims.roles : (claims.scp ?? '').split(/\s+/).filter((scope) => scope !== '');
  if (claims.opaque || (held.length === 0 && !isApp && claims.scp === null))
    return [cannotTell(say('permissions.unknown'), say('permissions.sign-in'), 'S27')];
  const named = (one: MailProtocol): string => IDENTITIES[one][isApp ? 'application' : 'user'].permission;
  const has = new Set(held.map((one) => one.toLowerCase()));
  const missing = neededProtocols(site).filter(
    (group) => !group.some((one) => has.has(named(one).toLowerCase())),
  );
  if (missing.length === 0) return [holds(say('permissions.good', held.map(shown)), null, 'S27', 'S34')];
  return missing.map((group) => {
    const names = group.map(named);
    // A role in Exchange may stand for it, unless SMTP refuses the token.
    if (isApp && group.includes('smtp') && !logins.some(isRefusedBySmtp))
      return cannotTell(say('permissions.role-perhaps', names), say('permissions.add-role', names), 'S35');
    return broken(say('permissions.missing', names), say('permissions.add', names), 'S27', 'S34');
  });
}

function judgeUser({ subject, expected, logins }: WhoseToken, { user, userFrom }: TokenClaims): Judgement {
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
  const found = otherName(logins);
  if (found === 'works')
    return holds(
      say('user.other-works', shown(user), shown(expected)),
      say('user.enter-name', shown(user)),
      'S30',
    );
  if (found === 'untried')
    return cannotTell(say('user.other-untried', shown(user), shown(expected)), say('user.try'), 'S28', 'S30');
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
