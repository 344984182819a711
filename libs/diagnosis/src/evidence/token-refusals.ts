import { type AadstsCause, type CheckResult, type KnownCheck } from '@mailpath/protocol';
import { censusOf } from '../census.ts';
import { getsThrough, type RuleContext } from '../look.ts';
import { type ClueOf, eachResult, nothing } from '../rule.ts';
import { isTokenCheck, knownAnswer, nameKey, refusal, sameUser, userFor } from '../sign-in/sign-in.ts';
import type { Refusal } from '../words/told.ts';

export const aadstsOf = ({ evidence }: CheckResult): number | null =>
  evidence.token?.aadsts ?? evidence.redirect?.aadsts ?? null;

export const errorOf = ({ evidence }: CheckResult): string =>
  evidence.token?.error ?? evidence.redirect?.error ?? '';

/** Refused by the token endpoint, or by the authorize endpoint when a redirect URI was tried. */
export const isDenied = ({ failure, evidence }: CheckResult): boolean =>
  failure?.code === 'denied' && (failure.phase === 'token' || evidence.redirect !== undefined);

/**
 * Refused with a number of this cause; where no number is given, in one of these words of OAuth's (RFC 6749, sections
 * 4.1.2.1 and
 * 5.2). One number comes under several words, so a word beside a number decides nothing.
 */
export const deniedAs =
  (cause: AadstsCause, ...errors: readonly string[]) =>
  (result: CheckResult, context: RuleContext): boolean => {
    if (!isDenied(result)) return false;
    if (aadstsOf(result) === null) return errors.includes(errorOf(result));
    return knownAnswer(result, context)?.cause === cause;
  };

/** The evidence that Microsoft's support and the sign-in log ask for. */
const tokenLines = (results: readonly CheckResult[]): string[] =>
  results.map(({ check, target, failure, evidence: { token } }) =>
    [
      `${check} ${target.mailbox ?? target.name}: ${failure?.message}`,
      ...(token?.correlationId ? [`correlation id ${token.correlationId}`] : []),
      ...(token?.traceId ? [`trace id ${token.traceId}`] : []),
      ...(token?.timestamp ? [token.timestamp] : []),
    ].join('; '),
  );

/** A refused token request; another server that is given a token for the same user does not have the cause. */
export const refused = (
  applies: (result: CheckResult, context: RuleContext) => boolean,
  about: (result: CheckResult, context: RuleContext) => string,
): ((context: RuleContext) => ClueOf<Refusal>[]) =>
  eachResult({
    applies,
    about,
    part: nothing,
    details: refusal,
    evidence: tokenLines,
    more: ([first], context) => ({
      answer: knownAnswer(first, context),
      provesUnaffected: (other) =>
        isTokenCheck(other) && sameUser(userFor(other, context), userFor(first, context)),
    }),
  });

export const application = (): string => 'application';

export const through =
  (check: KnownCheck) =>
  (context: RuleContext): boolean =>
    checksThrough(context, check).size > 0;

const checksThrough = censusOf<true>((result) => (getsThrough(result) ? [[result.check, true]] : []));

/** The same user is refused so on another server as well: then it is no matter of this server, nor of its task. */
export const refusedElsewhere = (result: CheckResult, context: RuleContext): boolean =>
  refusals(context, refusalOf(result, context)).size > 0;

const refusals = censusOf<true>((result, site) =>
  isTokenCheck(result) && isDenied(result) ? [[refusalOf(result, { site }), true]] : [],
);

/** Who is refused, and in which words. */
const refusalOf = (result: CheckResult, context: Pick<RuleContext, 'site'>): string =>
  JSON.stringify([nameKey(userFor(result, context)), aadstsOf(result), errorOf(result)]);
