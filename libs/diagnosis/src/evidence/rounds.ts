import type { CheckResult } from '@mailpath/protocol';
import { readSmtpReply, responseCodeOf } from '../answers/ladder/status-code.ts';
import { type RuleContext, sameCheckAndTarget } from '../look.ts';
import { replyOf } from '../sign-in/sign-in.ts';

/** Seen so many rounds in a row, what may pass by itself is told as something that stays. */
export const LASTING_ROUNDS = 3;

/** What an answer is recognised by in another round: its codes where it has some, else that it failed so. */
function codeOf(result: CheckResult): string {
  const { failure, evidence } = result;
  const line = replyOf(result);
  const { code, status } = readSmtpReply(line);
  const named = status ? `${status.class}.${status.subject}.${status.detail}` : responseCodeOf(line);
  return [failure?.phase, failure?.code, evidence.token?.aadsts, code, named].join(' ');
}

/** How many rounds in a row, the newest among them, this check of this target was answered alike on this server. */
export function roundsInARow(result: CheckResult, { server }: RuleContext): number {
  const before = (server.earlier ?? [])
    .filter(
      (each) =>
        each.repeats === null && sameCheckAndTarget(each, result) && each.startedAt < result.startedAt,
    )
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const other = before.findIndex((each) => codeOf(each) !== codeOf(result));
  return 1 + (other < 0 ? before.length : other);
}

/** The most rounds in a row of any of the results; a detail of rules that speak of what may pass by itself. */
export const lasting = (results: readonly CheckResult[], context: RuleContext): { rounds: number } => ({
  rounds: Math.max(...results.map((each) => roundsInARow(each, context))),
});

/** Whether it has been so for too long to be a matter of the moment. A finding of an older version has no rounds. */
export const lasts = ({ rounds = 1 }: { rounds?: number }): boolean => rounds >= LASTING_ROUNDS;
