import { MAIL_SCOPES, TOKEN_RESOURCE, type CheckResult, type TokenClaims } from '@mailpath/protocol';
import { distinct, getsThrough, type Look } from '../look.ts';
import { type ClueOf, defineRule } from '../rule.ts';
import {
  claimsOf,
  expectedUser,
  isLoginCheck,
  isTokenCheck,
  mailboxOf,
  sameUser,
  scopeFor,
  userFor,
} from '../sign-in/sign-in.ts';
import type { DetailsOf, RuleId } from '../words/catalogue.ts';

/** Exchange Online's own application id, and its names in every cloud. */
const EXCHANGE = distinct([
  '00000002-0000-0ff1-ce00-000000000000',
  ...Object.values(TOKEN_RESOURCE).flatMap(({ delegated, application }) => [delegated, application]),
]);
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Judged<Id extends RuleId> {
  about: string;
  said: string;
  details: DetailsOf<Id>;
}

const deniedLogin = (result: CheckResult): boolean =>
  isLoginCheck(result) && result.failure?.code === 'denied';

/**
 * Looks at what tokens say of themselves: on results that came through, and on logins that were refused, whose token may have
 * been decoded by another check. Refused logins follow from what the token itself shows.
 */
function byClaims<Id extends RuleId>(
  judge: (claims: TokenClaims, result: CheckResult, look: Look) => Judged<Id> | null,
): (look: Look) => ClueOf<Id>[] {
  return (look) => {
    const judged = look.server.results.flatMap((result) => {
      const shows = getsThrough(result)
        ? result.evidence.claims
        : look.open.includes(result) && claimsOf(result, look);
      const verdict = shows ? judge(shows, result, look) : null;
      return verdict && (getsThrough(result) || deniedLogin(result)) ? [{ result, verdict }] : [];
    });
    return [...Map.groupBy(judged, ({ verdict }) => verdict.about)].flatMap(([about, each]) => {
      const [first] = each;
      if (!first) return [];
      const refused = each.flatMap(({ result }) => (getsThrough(result) ? [] : [result]));
      const passed = each.flatMap(({ result }) => (getsThrough(result) ? [result] : []));
      return [
        {
          about,
          part: first.result.target.mailbox ? { mailbox: first.result.target.mailbox } : {},
          results: passed.length > 0 ? passed : refused,
          consequences: passed.length > 0 ? refused : [],
          counts:
            refused.length > 0 || look.open.some((result) => deniedFor(result, first.result, look))
              ? 'fail'
              : 'warn',
          // What one token says does not depend on the server that shows it.
          spares: () => false,
          evidence: distinct(
            each.map(({ result, verdict }) => `${result.check} ${mailboxOf(result)}: ${verdict.said}`),
          ),
          details: first.verdict.details,
        } as ClueOf<Id>,
      ];
    });
  };
}

const deniedFor = (result: CheckResult, shown: CheckResult, look: Look): boolean =>
  deniedLogin(result) && sameUser(userFor(result, look), userFor(shown, look));

export const otherUser = defineRule({
  id: 'token.other-user',
  items: ['C5'],
  owner: 'ece-administrator',
  confidence: 'certain',
  ofTenant: true,
  // A mailbox may be opened by a shared account, so without being told whose token it is, nothing is expected.
  find: byClaims<'token.other-user'>(({ user, userFrom }, result, look) => {
    const expected = isTokenCheck(result) ? (result.target.mailbox ?? null) : expectedUser(result, look);
    if (user === null || expected === null || sameUser(user, expected)) return null;
    return { about: expected, said: `user ${user} (${userFrom})`, details: { user, expected } };
  }),
});

export const wrongAudience = defineRule({
  id: 'token.audience',
  items: ['X2'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  find: byClaims<'token.audience'>(({ aud }) =>
    aud === null || EXCHANGE.includes(aud.replace(/\/$/, '').toLowerCase())
      ? null
      : { about: aud, said: `aud ${aud}`, details: { audience: aud } },
  ),
});

/** By what the site does, and by what was refused. */
function neededScopes(result: CheckResult, look: Look): string[] {
  const { inbound } = look.site.facts;
  const refused = look.server.results.filter((each) => deniedFor(each, result, look)).map(scopeFor);
  return distinct([MAIL_SCOPES.smtp, ...(inbound === 'undecided' ? [] : [MAIL_SCOPES[inbound]]), ...refused]);
}

export const missingScope = defineRule({
  id: 'token.scope',
  items: ['X2'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  find: byClaims<'token.scope'>(({ scp, idtyp }, result, look) => {
    // An application's own token has roles and no scopes; an opaque one does not say.
    if (scp === null || idtyp === 'app') return null;
    const granted = scp.split(' ');
    const scopes = neededScopes(result, look).filter((scope) => !granted.includes(scope));
    return scopes.length === 0
      ? null
      : { about: scopes.join(' '), said: `scp ${scp}`, details: { scopes, granted: scp } };
  }),
});

export const wrongTenant = defineRule({
  id: 'token.tenant',
  items: ['X3'],
  owner: 'ece-administrator',
  confidence: 'certain',
  ofTenant: true,
  find: byClaims<'token.tenant'>(({ tid }, _, { site: { facts } }) =>
    tid === null || facts.tenant === undefined || !GUID.test(facts.tenant) || sameUser(tid, facts.tenant)
      ? null
      : { about: tid, said: `tid ${tid}`, details: { tenant: tid, expected: facts.tenant } },
  ),
});

export const otherApplication = defineRule({
  id: 'token.other-application',
  items: ['X3', 'C3'],
  owner: 'ece-administrator',
  confidence: 'certain',
  ofTenant: true,
  find: byClaims<'token.other-application'>(({ appid }, _, { site: { facts } }) =>
    appid === null || facts.clientId === undefined || sameUser(appid, facts.clientId)
      ? null
      : { about: appid, said: `appid ${appid}`, details: { application: appid, expected: facts.clientId } },
  ),
});

export const tokenExpired = defineRule({
  id: 'token.expired',
  items: ['C4'],
  owner: 'ece-administrator',
  ofTenant: true,
  find: byClaims<'token.expired'>(({ exp }, result, look) => {
    if (exp === null || !deniedLogin(result) || exp * 1000 > Date.parse(result.startedAt)) return null;
    const end = new Date(exp * 1000);
    // A number that is no moment tells nothing; a token may say what it likes.
    if (Number.isNaN(end.getTime())) return null;
    const until = end.toISOString();
    return { about: userFor(result, look), said: `exp ${until}`, details: { until } };
  }),
});
