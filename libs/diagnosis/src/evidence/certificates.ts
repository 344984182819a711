import type { Certificate, CheckResult } from '@mailpath/protocol';
import { censusOf } from '../census.ts';
import { getsThrough, type RuleContext, endpointOf } from '../look.ts';
import { classOf } from '../observe.ts';

export const leaf = ({ evidence }: CheckResult) => evidence.tls?.chain[0];

/** The O of a name in one line, or the CN where there is none. */
export function organisation(name: string): string {
  return (
    /(?:^|, |\n)O=([^,\n]+(?:, Inc\.?)?)/.exec(name)?.[1] ?? /(?:^|, |\n)CN=([^,\n]+)/.exec(name)?.[1] ?? name
  );
}

/** A client got through, and trusted what it was shown. */
export const isTrusted = (result: CheckResult): boolean =>
  getsThrough(result) && result.evidence.tls?.trusted === true;

export const trustedAt = ({ results }: { results: readonly CheckResult[] }): CheckResult[] =>
  results.filter(isTrusted);

const issuersShown = censusOf<string>((result) =>
  isTrusted(result) ? [[endpointOf(result), leaf(result)?.issuer ?? '']] : [],
);
const versionsShown = censusOf<string>((result) =>
  isTrusted(result) ? [[endpointOf(result), result.evidence.tls?.version ?? '']] : [],
);

/** Who issued what siblings were shown at the same place and trust, each once; '' where nobody is named. */
export const issuersTo = (context: RuleContext, result: CheckResult): string[] => [
  ...issuersShown(context, endpointOf(result)).keys(),
];

/** The TLS versions that siblings agreed on at the same place, and how often. */
export const versionsTo = (context: RuleContext, result: CheckResult): ReadonlyMap<string, number> =>
  versionsShown(context, endpointOf(result));

/**
 * The certificate of a place that the site runs itself, as far as anybody can tell: no device opens TLS to Microsoft
 * under the same issuer, and no sibling is shown another one at that place.
 */
export function isSitesOwn(result: CheckResult, context: RuleContext): boolean {
  const issuer = leaf(result)?.issuer ?? '';
  const same = (other: CheckResult): boolean => (leaf(other)?.issuer ?? '') === issuer;
  return (
    classOf(result) !== 'microsoft' &&
    !context.server.results.some((other) => classOf(other) === 'microsoft' && same(other)) &&
    issuersTo(context, result).every((each) => each === issuer)
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
