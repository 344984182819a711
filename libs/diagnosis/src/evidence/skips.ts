import type { CheckResult, SkipCode } from '@mailpath/protocol';

/** Agents of before say why in a sentence alone; these are the ones that conclusions were drawn from. */
const BY_SENTENCE: readonly [SkipCode, RegExp][] = [
  ['lease-expired', /\blease (?:expired|was over) at /],
  ['no-token', /\btoken\b/i],
];

/** Why a check was not tried; null for one that was, or whose agent does not say. */
export function skipOf({ outcome, reason, evidence }: CheckResult): SkipCode | null {
  if (outcome !== 'skipped') return null;
  if (evidence.skip) return evidence.skip.code;
  return BY_SENTENCE.find(([, sentence]) => sentence.test(reason ?? ''))?.[0] ?? null;
}

/** What an agent says of an order whose lease had expired, by its own clock, before it could run. */
export const isLeaseOver = (result: CheckResult): boolean => skipOf(result) === 'lease-expired';

/** A check that waits for a token, and not for its turn, a permission or a lease. */
export const lacksToken = (result: CheckResult): boolean => skipOf(result) === 'no-token';
