import type { CheckResult } from '@mailpath/protocol';
import type { RuleContext } from '../look.ts';

/** Seen so many rounds in a row, what may pass by itself is told as something that stays. */
export const LASTING_ROUNDS = 3;

/**
 * How many rounds in a row, the newest among them, this check of this target failed in the same step and in the same
 * way here.
 */
export function roundsInARow(
  { check, target, failure, startedAt }: CheckResult,
  { server }: RuleContext,
): number {
  const before = (server.history ?? [])
    .filter(
      (each) =>
        each.check === check &&
        each.target === target.name &&
        each.mailbox === target.mailbox &&
        each.at < startedAt,
    )
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const other = before.findIndex(({ phase, code }) => phase !== failure?.phase || code !== failure?.code);
  return 1 + (other < 0 ? before.length : other);
}

/** The most rounds in a row of any of the results; a detail of rules that speak of what may pass by itself. */
export const lasting = (results: readonly CheckResult[], context: RuleContext): { rounds: number } => ({
  rounds: Math.max(...results.map((each) => roundsInARow(each, context))),
});

/** Whether it has been so for too long to be a matter of the moment. A finding of an older version has no rounds. */
export const lasts = ({ rounds = 1 }: { rounds?: number }): boolean => rounds >= LASTING_ROUNDS;
