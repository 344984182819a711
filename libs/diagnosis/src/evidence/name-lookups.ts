import type { CheckResult } from '@mailpath/protocol';
import type { RuleContext } from '../look.ts';
import { ofClass } from '../observe.ts';

export const failsToResolve = ({ failure }: CheckResult): boolean => failure?.phase === 'resolve';

export const isNotFound = (result: CheckResult): boolean =>
  failsToResolve(result) && result.failure?.code === 'not-found';

/**
 * Results for which a name was looked up; an address needs no look-up. Where Microsoft's names are looked up, they alone: that a name
 * inside the network is known says nothing of them.
 */
export function lookedUp({ server }: RuleContext): CheckResult[] {
  const all = server.results.filter(wasLookedUp);
  const microsofts = ofClass(all, 'microsoft');
  return microsofts.length > 0 ? microsofts : all;
}

const wasLookedUp = ({ phases, evidence, failure }: CheckResult): boolean =>
  evidence.dns !== undefined || failure?.phase === 'resolve' || phases.some(({ name }) => name === 'resolve');

export const resolverLines = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ failure, evidence }) => [
    ...(failure ? [failure.message] : []),
    ...(evidence.dns?.resolvers ?? []).map(
      ({ server, a, aaaa }) => `${server}: ${[...a.records, ...aaaa.records].join(', ') || a.status}`,
    ),
  ]);
