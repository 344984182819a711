import type { CheckResult, FailureCode, Outcome, Phase } from '@mailpath/protocol';

/**
 * What one check came to in an earlier round: as much of a result as is compared over time. Second looks have no part
 * in it.
 */
export interface PastResult {
  check: string;
  target: string;
  mailbox?: string;
  /** When it began, by the clock of the API where it is known, else the agent's; ISO 8601. */
  at: string;
  outcome: Outcome;
  /** Where and why it failed; null where it did not. */
  phase: Phase | null;
  code: FailureCode | null;
  phases: readonly { name: Phase; ms: number }[];
}

export const pastOf = ({
  check,
  target,
  startedAt,
  outcome,
  failure,
  phases,
}: Pick<CheckResult, 'check' | 'target' | 'startedAt' | 'outcome' | 'failure' | 'phases'>): PastResult => ({
  check,
  target: target.name,
  ...(target.mailbox === undefined ? {} : { mailbox: target.mailbox }),
  at: startedAt,
  outcome,
  phase: failure?.phase ?? null,
  code: failure?.code ?? null,
  phases,
});
