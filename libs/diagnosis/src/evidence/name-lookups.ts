import type { CheckResult } from '@mailpath/protocol';
import type { RuleContext } from '../look.ts';

export const failsToResolve = ({ failure }: CheckResult): boolean => failure?.phase === 'resolve';

export const isNotFound = (result: CheckResult): boolean =>
  failsToResolve(result) && result.failure?.code === 'not-found';

/** Results for which a name was looked up; an address needs no look-up. */
export const lookedUp = ({ server }: RuleContext): CheckResult[] =>
  server.results.filter(
    ({ phases, evidence, failure }) =>
      evidence.dns !== undefined ||
      failure?.phase === 'resolve' ||
      phases.some(({ name }) => name === 'resolve'),
  );

export const resolverLines = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ failure, evidence }) => [
    ...(failure ? [failure.message] : []),
    ...(evidence.dns?.resolvers ?? []).map(
      ({ server, a, aaaa }) => `${server}: ${[...a.records, ...aaaa.records].join(', ') || a.status}`,
    ),
  ]);
