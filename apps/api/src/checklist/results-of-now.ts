import { serviceOf, type ChecklistServer } from '@mailpath/diagnosis';
import type { CheckResult, Task } from '@mailpath/protocol';

/** How old a result may be and still speak of now, in milliseconds. */
export interface StaleAfter {
  pathMs: number;
  mailMs: number;
}

/**
 * The newest results of one server that are about what it is asked for now, with those that are too old marked. What is aimed
 * elsewhere than the task of the same name says nothing of the site as it is; a sign-in is asked for outside of rounds, and stays.
 */
export function resultsOfNow(
  results: readonly CheckResult[],
  tasks: readonly Task[],
  now: Date,
  { pathMs, mailMs }: StaleAfter,
): ChecklistServer['results'] {
  return results
    .filter((result) => {
      const task = tasks.find(
        ({ check, target }) => check === result.check && target.name === result.target.name,
      );
      return task ? isSamePlace(task.target, result.target) : serviceOf(result) !== null;
    })
    .map((result) => {
      const ageMs = now.getTime() - Date.parse(result.startedAt);
      return { result, stale: ageMs > (result.target.mailbox === undefined ? pathMs : mailMs) };
    });
}

const isSamePlace = (one: Task['target'], other: Task['target']): boolean =>
  one.host === other.host && one.port === other.port && one.mailbox === other.mailbox;
