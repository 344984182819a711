import type { CheckResult, Task } from '@mailpath/protocol';
import type { RoundOptions } from './round.ts';
import { Round } from './round.ts';

/**
 * Runs all tasks at the same time. Every name is looked up once, before the checks: getaddrinfo works two names at a
 * time, and a check that waits in its queue would be blamed for it. One result for each task, in their order; never
 * rejects.
 */
export async function runRound(tasks: readonly Task[], options: RoundOptions): Promise<CheckResult[]> {
  const round = new Round(options);
  const results = await Promise.all(
    tasks.map(async (task) => {
      const result = await round.resultOf(task);
      options.onProgress?.({ task, result });
      return result;
    }),
  );
  round.stop();
  return results;
}
