import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { pastOf, type PastResult } from '../history.ts';
import { kept } from '../kept.ts';
import { checkAndTarget, endpointOf, lookOf, type ServerView } from '../look.ts';

/** What came of one check and target, round by round, the newest last. */
export interface Course {
  result: CheckResult;
  /** The rounds before the newest. */
  past: readonly PastResult[];
  /**
   * All of them: true where a client got through, false where the network kept it from that. What says nothing of it is
   * left out.
   */
  came: readonly boolean[];
  /** Why it failed, one for each failure. */
  codes: readonly FailureCode[];
}

/** Fewer rounds than these are no course of things, but two moments. */
export const LEAST_ROUNDS = 4;

const NETWORK_CODES: readonly FailureCode[] = [
  'resolver-failed',
  'refused',
  'unreachable',
  'reset',
  'closed',
  'timeout',
];

const NETWORK_PHASES: readonly Phase[] = ['resolve', 'connect', 'proxy', 'tls', 'greet', 'starttls', 'http'];

/** A failure that a network can make; null for one that the other end makes, or that is none. */
const networkCode = ({ outcome, phase, code }: PastResult): FailureCode | null =>
  outcome === 'fail' &&
  phase !== null &&
  code !== null &&
  NETWORK_PHASES.includes(phase) &&
  NETWORK_CODES.includes(code)
    ? code
    : null;

const cameOf = (past: PastResult): boolean | null => {
  if (past.outcome === 'pass' || past.outcome === 'warn') return true;
  return networkCode(past) === null ? null : false;
};

const byTime = (a: PastResult, b: PastResult): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/**
 * Looks closer together than these are one moment: somebody who asks for a run again and again sees no course of
 * things.
 */
const ONE_MOMENT_MS = 20_000;

/** Of what came in one moment the last; what came in the newest result's moment is left out. */
function apart(past: readonly PastResult[], newest: string): PastResult[] {
  const kept: PastResult[] = [];
  let next = Date.parse(newest);
  for (const each of past.toReversed()) {
    if (next - Date.parse(each.at) < ONE_MOMENT_MS) continue;
    next = Date.parse(each.at);
    kept.unshift(each);
  }
  return kept;
}

/** Kept for a server, since several rules ask. */
export const courses = kept(({ results, history = [] }: ServerView): readonly Course[] => {
  if (history.length === 0) return [];
  const rounds = Map.groupBy(history, checkAndTarget);
  return results.map((result) => {
    const before = (rounds.get(lookOf(result)) ?? []).filter(({ at }) => at < result.startedAt);
    const past = apart(before.toSorted(byTime), result.startedAt);
    const all = [...past, pastOf(result)];
    const told = all.flatMap((each) => {
      const came = cameOf(each);
      return came === null ? [] : [{ came, code: networkCode(each) }];
    });
    return {
      result,
      past,
      came: told.map(({ came }) => came),
      codes: told.flatMap(({ code }) => code ?? []),
    };
  });
});

/** How often it went from well to not, or back. */
export const changesOf = ({ came }: Course): number =>
  came.filter((each, index) => index > 0 && each !== came[index - 1]).length;

/** `+` for a round that came through, `-` for one that did not, the oldest first. */
export const courseLines = (each: readonly Course[]): string[] =>
  each.map(
    ({ result, came }) =>
      `${result.check} ${endpointOf(result)}: ${came.map((through) => (through ? '+' : '-')).join('')}`,
  );
