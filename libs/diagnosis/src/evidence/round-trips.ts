import type { CheckResult } from '@mailpath/protocol';
import { mediansOfServers } from '../census.ts';
import { getsThrough, type RuleContext, endpointOf, type ServerView } from '../look.ts';

const roundTripOf = ({ evidence }: CheckResult): number | null =>
  evidence.connect?.roundTrip?.medianMs ?? null;

/**
 * What the way itself takes at the least: a busy machine, or a queue, makes some connects long and never all of them,
 * and nothing is quicker than the way. So the quickest connect of this server to the same address counts.
 */
function leastMs({ evidence: { connect } }: CheckResult, { results }: ServerView): number {
  const { medianMs = 0, spreadMs = 0 } = connect?.roundTrip ?? {};
  const connects = results.flatMap((each) => each.evidence.connect?.attempts ?? []);
  const reached = connects.filter(
    ({ address, outcome }) => address === connect?.used && outcome === 'reached',
  );
  return Math.min(medianMs - spreadMs, ...reached.map(({ ms }) => ms));
}

/** The siblings' usual round trip to a place. */
const usualMs = mediansOfServers(({ results }) =>
  results.flatMap((result) => {
    const ms = roundTripOf(result);
    return ms === null ? [] : [[endpointOf(result), ms] as const];
  }),
);

export interface Farther {
  result: CheckResult;
  own: number;
  usual: number;
}

export const farther = (context: RuleContext, times: number, atLeastMs: number): Farther[] =>
  context.server.results.filter(getsThrough).flatMap((result) => {
    const own = roundTripOf(result);
    if (own === null) return [];
    const usual = usualMs(context, endpointOf(result));
    if (usual === null) return [];
    const least = leastMs(result, context.server);
    return least >= usual * times && least - usual >= atLeastMs ? [{ result, own, usual }] : [];
  });

export const roundTripLines = (each: readonly Farther[]): string[] =>
  each.map(({ result, own, usual }) => `${endpointOf(result)}: ${own} ms, siblings ${usual} ms`);
