import type { CheckResult, TokenClaims } from '@mailpath/protocol';
import { kept } from '../kept.ts';
import { distinct, getsThrough, type RuleContext, type ServerView, type SiteView } from '../look.ts';
import type { ClueOf } from '../rule.ts';
import { claimsOf, isLoginCheck, mailboxOf, nameKey, userFor } from '../sign-in/sign-in.ts';

interface Judged<D extends object> {
  about: string;
  said: string;
  details: D;
  /** Taken for this outcome, where it is no fault by itself. */
  weighAs?: 'info';
}

export const deniedLogin = (result: CheckResult): boolean =>
  isLoginCheck(result) && result.failure?.code === 'denied';

/**
 * Looks at what tokens say of themselves: on results that came through, and on logins that were refused, whose token
 * may have been decoded by another check. Refused logins follow from what the token itself shows.
 */
export function byClaims<D extends object>(
  judge: (claims: TokenClaims, result: CheckResult, context: RuleContext) => Judged<D> | null,
): (context: RuleContext) => ClueOf<D>[] {
  return (context) => {
    const unexplained = new Set(context.unexplained);
    const deniedUsers = new Set(context.unexplained.filter(deniedLogin).map((each) => keyOf(each, context)));
    const judged = context.server.results.flatMap((result) => {
      const shows = getsThrough(result)
        ? result.evidence.claims
        : unexplained.has(result) && claimsOf(result, context);
      const verdict = shows ? judge(shows, result, context) : null;
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
          weighAs:
            first.verdict.weighAs ??
            (refused.length > 0 || deniedUsers.has(keyOf(first.result, context)) ? 'fail' : 'warn'),
          phase: 'token',
          // What one token says does not depend on the server that shows it.
          provesUnaffected: () => false,
          evidence: distinct(
            each.map(({ result, verdict }) => `${result.check} ${mailboxOf(result)}: ${verdict.said}`),
          ),
          details: first.verdict.details,
        },
      ];
    });
  };
}

const keyOf = (result: CheckResult, context: RuleContext): string => nameKey(userFor(result, context));

/** Logins of the user whose token is shown that were refused on this server. */
export const deniedFor = (shown: CheckResult, context: RuleContext): readonly CheckResult[] =>
  deniedByUser(context.site)(context.server).get(keyOf(shown, context)) ?? [];

const deniedByUser = kept((site: SiteView) =>
  kept(({ results }: ServerView): ReadonlyMap<string, CheckResult[]> =>
    Map.groupBy(results.filter(deniedLogin), (result) => nameKey(userFor(result, { site }))),
  ),
);
