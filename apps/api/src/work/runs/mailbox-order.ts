import { GRACE_MS } from '../../fleet/tasks/deadlines.ts';
import type { NewOrder } from '../orders/order-handler.ts';
import type { RunKind } from './run.ts';
import { deadlinesOf, type PlannedOrder, usesOf } from './plan.ts';

/** The run that orders belong to. */
export interface QueuedRun {
  id: string;
  kind: RunKind;
  deadlineAt: Date;
}

/** Turns what was planned into an order that goes out when it gets its lease. */
export function mailboxOrder(siteId: string, run: QueuedRun, planned: PlannedOrder): NewOrder {
  const { serverId, agentId, userName, grant, tasks } = planned;
  const limits = deadlinesOf(tasks);
  return {
    siteId,
    kind: 'mailbox',
    purpose: run.kind,
    runId: run.id,
    serverId,
    agentId,
    userName,
    uses: Object.fromEntries(usesOf(tasks)),
    tasks,
    ...limits,
    lastsMs: limits.roundDeadlineMs + GRACE_MS,
    giveUpAt: run.deadlineAt.getTime(),
    waitsForPerson: false,
    repeatable: true,
    detail: { grant },
  };
}

/** The longest that the orders of one user, or of one agent, take one after the other. */
export function queueMs(orders: readonly PlannedOrder[]): number {
  const sums = new Map<string, number>();
  for (const { userName, agentId, tasks } of orders)
    for (const key of [`user ${userName}`, `agent ${agentId}`])
      sums.set(key, (sums.get(key) ?? 0) + deadlinesOf(tasks).roundDeadlineMs + GRACE_MS);
  return Math.max(0, ...sums.values());
}
