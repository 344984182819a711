import { isRight, type Verdict } from './judge.ts';

/** How often the diagnosis is right, each a share from 0 to 1. */
export interface Score {
  /**
   * Of the expected findings, how many have the right servers, cause, owner; and of the situations, how many are right
   * in all.
   */
  server: number;
  cause: number;
  owner: number;
  whole: number;
  /** Of all findings, how many were expected and right. */
  precision: number;
  /** Of all expected findings, how many were found and right. */
  recall: number;
  /** Findings that nobody expected, per situation. */
  extra: number;
}

const share = (part: number, of: number): number => (of === 0 ? 1 : part / of);

export function scoreOf(verdicts: readonly Verdict[]): Score {
  const met = verdicts.flatMap((verdict) => verdict.met);
  const findings = verdicts.flatMap((verdict) => verdict.findings).length;
  const right = met.filter(isRight).length;
  const of = (name: 'server' | 'cause' | 'owner') =>
    share(met.filter((each) => each[name]).length, met.length);
  return {
    server: of('server'),
    cause: of('cause'),
    owner: of('owner'),
    whole: share(verdicts.filter((verdict) => verdict.right).length, verdicts.length),
    precision: share(right, findings),
    recall: share(right, met.length),
    extra: verdicts.flatMap(({ more }) => more).length / Math.max(1, verdicts.length),
  };
}
