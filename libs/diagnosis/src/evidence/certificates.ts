import type { Certificate, CheckResult } from '@mailpath/protocol';
import { getsThrough, type RuleContext, endpointOf, siblings } from '../look.ts';
import { classOf } from '../observe.ts';

export const leaf = ({ evidence }: CheckResult) => evidence.tls?.chain[0];

/** The O of a name in one line, or the CN where there is none. */
export function organisation(name: string): string {
  return (
    /(?:^|, |\n)O=([^,\n]+(?:, Inc\.?)?)/.exec(name)?.[1] ?? /(?:^|, |\n)CN=([^,\n]+)/.exec(name)?.[1] ?? name
  );
}

export const trustedAt = ({ results }: { results: readonly CheckResult[] }): CheckResult[] =>
  results.filter((result) => getsThrough(result) && result.evidence.tls?.trusted === true);

/** What siblings were shown at the same place. */
export const shownTo = (context: RuleContext, result: CheckResult): CheckResult[] =>
  siblings(context).flatMap((other) =>
    trustedAt(other).filter((each) => endpointOf(each) === endpointOf(result)),
  );

/**
 * The certificate of a place that the site runs itself, as far as anybody can tell: no device opens TLS to Microsoft
 * under the same issuer, and no sibling is shown another one at that place.
 */
export function isSitesOwn(result: CheckResult, context: RuleContext): boolean {
  const issuer = leaf(result)?.issuer;
  const same = (other: CheckResult): boolean => leaf(other)?.issuer === issuer;
  return (
    classOf(result) !== 'microsoft' &&
    !context.server.results.some((other) => classOf(other) === 'microsoft' && same(other)) &&
    shownTo(context, result).every(same)
  );
}

/** Whose certificate is out of its dates, by the clock of the one who looked. */
export type OutOfDates =
  /** The one of the place itself. */
  | 'own'
  /** One above it that was sent with it. */
  | 'sent'
  /** None of those that were sent: it is one that this machine keeps. */
  | 'kept';

export function outOfDatesIn({ evidence: { tls }, startedAt }: CheckResult): {
  whose: OutOfDates;
  subject: string;
} {
  const [own, ...above] = tls?.chain ?? [];
  const now = Date.parse(startedAt);
  const isOut = ({ validFrom, validTo }: Certificate): boolean =>
    now < Date.parse(validFrom) || now > Date.parse(validTo);
  // Without dates nothing speaks against the certificate of the place itself.
  if (!own || isOut(own)) return { whose: 'own', subject: own?.subject ?? '?' };
  const sent = above.find(isOut);
  return sent
    ? { whose: 'sent', subject: sent.subject }
    : { whose: 'kept', subject: above.at(-1)?.issuer ?? own.issuer };
}
