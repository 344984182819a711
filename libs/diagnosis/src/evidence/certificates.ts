import type { CheckResult } from '@mailpath/protocol';
import { getsThrough, type RuleContext, endpointOf, siblings } from '../look.ts';

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
