import type { CheckResult, Task } from '@mailpath/protocol';
import type { Credential } from './credential.ts';
import { deadlineIn } from './deadline.ts';
import type { RoundOptions } from './round.ts';
import { Round } from './round.ts';

/** Less than this is not enough to say anything new. */
const WORTH_STARTING_MS = 1_000;

/** Of the time a check is meant to have: so much of it tells as much. */
const ENOUGH_OF_ITS_TIME = 0.9;

/**
 * Runs what failed once more, one check after the other and nothing beside it: checks that run at the same time can
 * trip a firewall's limit on connections by themselves, and a moment's fault is gone by then. What was understood and
 * refused, or asked to slow down, is left in peace. Each answer names the result it repeats; both are facts.
 * `roundDeadlineMs` is the time for all of them together; what it does not reach is left alone, and what only its end
 * cuts off is no second look.
 */
export async function lookAgain(
  results: readonly CheckResult[],
  options: RoundOptions,
): Promise<CheckResult[]> {
  const budget = deadlineIn(options.roundDeadlineMs);
  const again: CheckResult[] = [];
  for (const failed of repeatable(results)) {
    const roundDeadlineMs = budget.remainingMs();
    if (roundDeadlineMs < WORTH_STARTING_MS || options.signal?.aborted) break;
    const task = { check: failed.check, target: failed.target };
    const second = await lookOnceMore(failed, task, { ...options, roundDeadlineMs });
    if (second) again.push(second);
  }
  return again;
}

/** What a second look would be worth: what failed, but not what was understood and refused. */
export const repeatable = (results: readonly CheckResult[]): CheckResult[] =>
  results.filter(({ outcome, failure }) => outcome === 'fail' && failure?.code !== 'denied');

/**
 * One task that failed, again and with its name looked up anew. Null where there was no time or no wish for it any
 * more.
 */
export async function lookOnceMore(
  failed: CheckResult,
  task: Task,
  options: RoundOptions,
  credential: Credential | null = null,
): Promise<CheckResult | null> {
  if (options.roundDeadlineMs < WORTH_STARTING_MS || options.signal?.aborted) return null;
  const round = new Round({ ...options, ...otherwise(failed, options) }, credential);
  const second = await round.resultOf(task);
  round.stop();
  // Called off, or the time was over before it began: that is no second look.
  if (second.outcome === 'skipped') return null;
  const result = { ...second, repeats: failed.id };
  options.onProgress?.({ task, result });
  return result;
}

/**
 * Another address than the one that failed, and no verdict where there is less time than the check is meant to have.
 */
function otherwise(
  { evidence: { connect } }: CheckResult,
  { roundDeadlineMs, checkDeadlineMs }: RoundOptions,
): Pick<RoundOptions, 'dialLast' | 'cutShort'> {
  const spoken = connect?.spokenWith?.map(({ address }) => address) ?? [];
  const dialLast = new Set([...spoken, ...(connect?.used ? [connect.used] : [])]);
  return roundDeadlineMs < checkDeadlineMs * ENOUGH_OF_ITS_TIME
    ? {
        dialLast,
        cutShort: 'the time that was left for a second look was over before the check came to its end',
      }
    : { dialLast };
}
