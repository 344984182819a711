import type { CheckResult, Confidence, Owner } from '@mailpath/protocol';

/** Results of one server that one rule explains in one go. */
export type Explained = readonly [CheckResult, ...CheckResult[]];

/**
 * One piece of knowledge: what it looks for in a result, and the cause it names. Rules are tried in the order of the
 * registry and the first that applies explains the result, so the special stands before the general.
 */
export interface Rule {
  /** For ever, `where.what`. */
  readonly id: string;
  /** Item of the checklist, C1 to C11 or X1 to X9. */
  readonly checklistItem: string;
  readonly owner: Owner;
  readonly confidence: Confidence;
  /** `round` is everything the server reported with it, the result included: what happens to all points elsewhere than what happens to one. */
  applies(result: CheckResult, round: readonly CheckResult[]): boolean;
  /** Results with the same key are one finding: a dead resolver is told once, not six times. */
  groupBy(result: CheckResult): string;
  /** One sentence for one result, with host and port: what the table shows. */
  sentence(result: CheckResult): string;
  cause(results: Explained): string;
  nextStep(results: Explained): string;
  /** The facts that decided, one a line. */
  evidence(results: Explained): string[];
}

type RuleParts = Omit<Rule, 'groupBy' | 'evidence' | 'confidence'> & Partial<Rule>;

/** A rule with the usual answers filled in: one finding per host and port, the failures' own words as evidence. */
export function defineRule(parts: RuleParts): Rule {
  return {
    confidence: 'likely',
    groupBy: (result) => `${result.target.host}:${result.target.port}`,
    evidence: (results) =>
      results.map((result) => result.failure?.message ?? result.reason ?? result.outcome),
    ...parts,
  };
}
