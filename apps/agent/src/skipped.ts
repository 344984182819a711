import type { CheckResult, Task } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';

/** The result of a task that this agent did not run, with the reason. */
export function skipped(task: Task, reason: string): CheckResult {
  return {
    id: uuidv7(),
    check: task.check,
    target: task.target,
    outcome: 'skipped',
    startedAt: new Date().toISOString(),
    durationMs: 0,
    phases: [],
    failure: null,
    reason,
    evidence: {},
    repeats: null,
  };
}
