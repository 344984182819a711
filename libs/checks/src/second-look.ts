import type { CheckResult } from '@mailpath/protocol';
import { deadlineIn } from './deadline.ts';
import { runRound, type RoundOptions } from './run-round.ts';

/** Less than this is not enough to say anything new. */
const WORTH_STARTING_MS = 1_000;

/**
 * Runs what failed once more, one check after the other and nothing beside it: checks that run at the same time can trip a
 * firewall's limit on connections by themselves, and a moment's fault is gone by then. Each answer names the result it
 * repeats; both are facts. `roundDeadlineMs` is the time for all of them together; what it does not reach is left alone.
 */
export async function lookAgain(
  results: readonly CheckResult[],
  { onProgress, ...options }: RoundOptions,
): Promise<CheckResult[]> {
  const budget = deadlineIn(options.roundDeadlineMs);
  const again: CheckResult[] = [];
  for (const failed of results) {
    if (failed.outcome !== 'fail') continue;
    const roundDeadlineMs = budget.remainingMs();
    if (roundDeadlineMs < WORTH_STARTING_MS || options.signal?.aborted) break;
    const task = { check: failed.check, target: failed.target };
    const [second] = await runRound([task], {
      ...options,
      roundDeadlineMs,
      onProgress: (event) => {
        if ('phase' in event) onProgress?.(event);
      },
    });
    // Called off, or the time was over before it began: that is no second look.
    if (!second || second.outcome === 'skipped') continue;
    const result = { ...second, repeats: failed.id };
    again.push(result);
    onProgress?.({ task, result });
  }
  return again;
}
