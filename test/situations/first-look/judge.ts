import type { Finding } from '@mailpath/protocol';
import type { Claim } from './claim.ts';
import type { FirstLook, FirstLookExpected } from './situation.ts';

/** What was right and what was not, of one situation. */
export interface FirstLookVerdict {
  situation: FirstLook;
  findings: readonly Finding[];
  one: boolean;
  servers: boolean;
  phase: boolean;
  owner: boolean;
  says: boolean;
  /** Nothing that must not be said was said. */
  silent: boolean;
  right: boolean;
}

/** What a finding claims, by the words of the closed list. */
export type ClaimsOf = (finding: Finding) => readonly Claim[];

/**
 * Holds what was found against what a person of the field would say. Information beside it is no second finding; where
 * a check is optional on these servers, it is information itself that has to be found.
 */
export function judgeFirstLook(
  situation: FirstLook,
  all: readonly Finding[],
  claimsOf: ClaimsOf,
): FirstLookVerdict {
  const serious = all.filter(({ severity }) => severity !== 'info');
  const { expected, besides } = situation;
  if (expected.servers.length === 0) return judgeQuiet(situation, serious);
  const wanted = besides ? [expected, besides] : [expected];
  const findings = serious.length > 0 ? serious : all;
  const held = pairUp(wanted, findings, claimsOf);
  const said = new Set(findings.flatMap(claimsOf));
  const silent = !wanted.some(({ mustNotSay }) => mustNotSay.some((claim) => said.has(claim)));
  const isFound = held.every((each) => weight(each) > 0);
  const one = serious.length === wanted.length || (serious.length === 0 && !besides && isFound);
  const right = one && silent && held.every((each) => weight(each) === Object.keys(NOTHING).length);
  return { situation, findings, one, silent, right, ...inAll(held) };
}

/** Where nothing is wrong, every finding is one too many, and information is none. */
function judgeQuiet(situation: FirstLook, findings: readonly Finding[]): FirstLookVerdict {
  const right = findings.length === 0;
  return {
    situation,
    findings,
    one: right,
    servers: right,
    phase: true,
    owner: true,
    says: true,
    silent: right,
    right,
  };
}

const NOTHING = { servers: false, phase: false, owner: false, says: false };

/** The pairing of what is wanted with what was found that holds most; no finding stands for two. */
function pairUp(
  [first, ...rest]: readonly FirstLookExpected[],
  findings: readonly Finding[],
  claimsOf: ClaimsOf,
): (typeof NOTHING)[] {
  if (!first) return [];
  const pairings = findings.map((finding) => [
    compare(first, finding, claimsOf),
    ...pairUp(
      rest,
      findings.filter((other) => other !== finding),
      claimsOf,
    ),
  ]);
  const none = [NOTHING, ...pairUp(rest, findings, claimsOf)];
  const total = (held: readonly (typeof NOTHING)[]): number =>
    held.reduce((sum, each) => sum + weight(each), 0);
  return pairings.reduce((best, each) => (total(each) > total(best) ? each : best), none);
}

const inAll = (held: readonly (typeof NOTHING)[]): typeof NOTHING => ({
  servers: held.every(({ servers }) => servers),
  phase: held.every(({ phase }) => phase),
  owner: held.every(({ owner }) => owner),
  says: held.every(({ says }) => says),
});

function compare(expected: FirstLookExpected, finding: Finding, claimsOf: ClaimsOf): typeof NOTHING {
  const { phase, owner, scope } = finding;
  return {
    servers: scope.servers.toSorted().join() === expected.servers.toSorted().join(),
    phase: phase === null ? expected.phase.length === 0 : expected.phase.includes(phase),
    owner: expected.owner.includes(owner),
    says: claimsOf(finding).some((claim) => expected.says.includes(claim)),
  };
}

const weight = (verdict: typeof NOTHING): number => Object.values(verdict).filter(Boolean).length;
