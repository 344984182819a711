import type { CheckResult } from '@mailpath/protocol';

/**
 * What a round says in the end, in its own order: where a failed check was looked at again, the second look stands in
 * the place of the first.
 */
export function finalResults(results: readonly CheckResult[]): CheckResult[] {
  const again = new Map(
    results.flatMap((result) => (result.repeats ? [[result.repeats, result] as const] : [])),
  );
  const ids = new Set(results.map(({ id }) => id));
  return results
    .filter(({ repeats }) => repeats === null || !ids.has(repeats))
    .map((result) => again.get(result.id) ?? result);
}

/** Whether not one check was carried out: then nothing is known, and nothing is good. */
export const nothingRan = (results: readonly CheckResult[]): boolean =>
  results.every(({ outcome }) => outcome === 'skipped');

/** The results that were looked at again, in their own order. */
export function firstLooks(results: readonly CheckResult[]): CheckResult[] {
  const again = new Set(results.flatMap(({ repeats }) => repeats ?? []));
  return results.filter(({ id }) => again.has(id));
}
