import type { CheckResult } from '@mailpath/protocol';
import type { ServerView } from '../look.ts';
import { OAUTH_ERRORS } from '../answers/oauth-error-table.ts';

export const seen = (result: CheckResult): string =>
  result.evidence.unexpected?.line ?? result.failure?.message ?? '';

/**
 * A status that the service itself gives when it fails (RFC 9110, section 15.6). 511 is none: a portal on the path
 * gives it, and no server may (RFC 6585, section 6).
 */
export const isServerFault = (status = 0): boolean => status >= 500 && status !== 511;

/**
 * A refusal of a token request that bears no mark of Entra ID: no number, no trace, no time, and no word of OAuth. A
 * gateway on the path gives it, in JSON of its own.
 */
export function isForeignRefusal({ failure, evidence: { token } }: CheckResult): boolean {
  if (failure?.phase !== 'token' || failure.code !== 'denied' || !token) return false;
  // The correlation id is that of the question.
  const marked = token.aadsts ?? token.traceId ?? token.timestamp ?? null;
  return marked === null && !Object.hasOwn(OAUTH_ERRORS, token.error ?? '');
}

/**
 * The far end itself asked to come again, and served who did (RFC 5321, section 4.5.4.1): nothing broke, and nothing is
 * to be explained.
 */
export const wasServedLater = (
  { outcome, repeats }: CheckResult,
  { firstLooks }: Pick<ServerView, 'firstLooks'>,
): boolean =>
  outcome === 'pass' &&
  repeats !== null &&
  firstLooks.some(
    ({ id, failure }) => id === repeats && (failure?.code === 'unavailable' || failure?.code === 'throttled'),
  );

export const CUT = ['timeout', 'reset', 'closed'];
