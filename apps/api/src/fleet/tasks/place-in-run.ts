import type { Task } from '@mailpath/protocol';

/** By what an answer is told to be one to a task of a run. */
export const placeInRun = ({ check, target }: Pick<Task, 'check' | 'target'>): string =>
  `${check} ${target.name}`;

/** How often each place is asked. */
export function askedInRun(tasks: readonly Pick<Task, 'check' | 'target'>[]): Record<string, number> {
  const asked: Record<string, number> = {};
  for (const task of tasks) {
    const place = placeInRun(task);
    asked[place] = (asked[place] ?? 0) + 1;
  }
  return asked;
}
