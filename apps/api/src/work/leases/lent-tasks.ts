import type { CheckResult, Target, Task } from '@mailpath/protocol';

/** An order that lends something, as far as its results are told by it. */
interface Lending {
  readonly id: string;
  readonly agentId: string;
  readonly runId: string;
}

/** What a result answers. */
export interface Answered<O> {
  order: O;
  task: Task;
  /** True while the lease is held and nobody has answered this task of it yet. */
  isOpen: boolean;
}

interface Entry<O> {
  order: O;
  tasks: readonly Task[];
  open: Set<Task>;
  /** Null while the lease is held. */
  endedAt: number | null;
}

/** For how long a result is known after its lease: an agent that was cut off hands in what it saw when it is back. */
const LATE_MS = 10 * 60_000;

/**
 * The tasks that were lent for, by lease. A result belongs to one of them only when agent, run, check and the whole target are those
 * of the task: what an agent says of any other mailbox is nobody's word but its own. Times are milliseconds of one clock.
 */
export class LentTasks<O extends Lending> {
  readonly #entries = new Map<string, Entry<O>>();

  lend(order: O, tasks: readonly Task[]): void {
    this.#entries.set(order.id, { order, tasks, open: new Set(tasks), endedAt: null });
  }

  find(agentId: string, runId: string | null, result: CheckResult, now: number): Answered<O> | null {
    for (const { order, tasks, open, endedAt } of this.#entries.values()) {
      if (order.agentId !== agentId || order.runId !== runId) continue;
      if (endedAt !== null && endedAt + LATE_MS <= now) continue;
      const task = tasks.find(
        (each) => each.check === result.check && sameTarget(each.target, result.target),
      );
      if (task) return { order, task, isOpen: endedAt === null && open.has(task) };
    }
    return null;
  }

  /** Notes that a task has its result; true when it was the last one of its lease. */
  close({ order, task }: Answered<O>): boolean {
    const entry = this.#entries.get(order.id);
    entry?.open.delete(task);
    return entry?.open.size === 0;
  }

  /** The lease is over; what lies long back is forgotten. */
  end(id: string, now: number): void {
    const entry = this.#entries.get(id);
    if (entry) entry.endedAt ??= now;
    for (const [each, { endedAt }] of this.#entries)
      if (endedAt !== null && endedAt + LATE_MS <= now) this.#entries.delete(each);
  }
}

const sameTarget = (a: Target, b: Target): boolean =>
  a.name === b.name && a.host === b.host && a.port === b.port && a.mailbox === b.mailbox;
