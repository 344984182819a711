import type { Finding } from '@mailpath/protocol';
import type { Claim } from './claim.ts';
import type { FirstLook } from './situation.ts';

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
  if (situation.expected.servers.length === 0) return judgeQuiet(situation, serious);
  const findings = serious.length > 0 ? serious : all;
  const verdicts = findings.map((finding) => compare(situation, finding, claimsOf));
  const best = verdicts.toSorted((a, b) => weight(b) - weight(a))[0] ?? NOTHING;
  const said = new Set(findings.flatMap(claimsOf));
  const silent = !situation.expected.mustNotSay.some((claim) => said.has(claim));
  const one = serious.length === 1 || (serious.length === 0 && weight(best) > 0);
  const right = one && silent && weight(best) === Object.keys(NOTHING).length;
  return { situation, findings, one, silent, right, ...best };
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

function compare({ expected }: FirstLook, finding: Finding, claimsOf: ClaimsOf): typeof NOTHING {
  const { phase, owner, scope } = finding;
  return {
    servers: scope.servers.toSorted().join() === expected.servers.toSorted().join(),
    phase: phase === null ? expected.phase.length === 0 : expected.phase.includes(phase),
    owner: expected.owner.includes(owner),
    says: claimsOf(finding).some((claim) => expected.says.includes(claim)),
  };
}

const weight = (verdict: typeof NOTHING): number => Object.values(verdict).filter(Boolean).length;
