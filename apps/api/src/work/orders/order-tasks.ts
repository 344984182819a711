import type { CheckResult, Target, Task } from '@mailpath/protocol';

/** An order, as far as its results are told by it. */
interface Asked {
  readonly agentId: string;
  readonly runId: string;
  readonly tasks: readonly Task[];
  readonly endedAt: number | null;
}

/** What a result answers: a task of an order, by its place in the list. */
export interface Answered<O> {
  order: O;
  task: number;
}

/** For how long a result is known after its order: an agent that was cut off hands in what it saw when it is back. */
export const LATE_MS = 10 * 60_000;

/**
 * The order and the task that a result belongs to: only when agent, run, check and the whole target are those of the
 * task. What an agent says of any other mailbox is nobody's word but its own. Pure; times are milliseconds of one
 * clock.
 */
export function answeredBy<O extends Asked>(
  orders: readonly O[],
  { agentId, runId, result }: { agentId: string; runId: string | null; result: CheckResult },
  now: number,
): Answered<O> | null {
  for (const order of orders) {
    if (order.agentId !== agentId || order.runId !== runId) continue;
    if (order.endedAt !== null && order.endedAt + LATE_MS <= now) continue;
    const task = order.tasks.findIndex(
      (each) => each.check === result.check && sameTarget(each.target, result.target),
    );
    if (task >= 0) return { order, task };
  }
  return null;
}

const sameTarget = (a: Target, b: Target): boolean =>
  a.name === b.name && a.host === b.host && a.port === b.port && a.mailbox === b.mailbox;
