import type { CheckResult, TokenClaims } from '@mailpath/protocol';
import { distinct, getsThrough, type Look } from '../look.ts';
import type { ClueOf } from '../rule.ts';
import { claimsOf, isLoginCheck, mailboxOf, sameUser, userFor } from '../sign-in/sign-in.ts';

interface Judged<D extends object> {
  about: string;
  said: string;
  details: D;
}

export const deniedLogin = (result: CheckResult): boolean =>
  isLoginCheck(result) && result.failure?.code === 'denied';

/**
 * Looks at what tokens say of themselves: on results that came through, and on logins that were refused, whose token may have
 * been decoded by another check. Refused logins follow from what the token itself shows.
 */
export function byClaims<D extends object>(
  judge: (claims: TokenClaims, result: CheckResult, look: Look) => Judged<D> | null,
): (look: Look) => ClueOf<D>[] {
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
        },
      ];
    });
  };
}

export const deniedFor = (result: CheckResult, shown: CheckResult, look: Look): boolean =>
  deniedLogin(result) && sameUser(userFor(result, look), userFor(shown, look));
