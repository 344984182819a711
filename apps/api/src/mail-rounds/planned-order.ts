import type { Grant, RunOrder, Tokens } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import type { Holds } from '../leases/holds.service.ts';
import { leaseOf } from '../leases/lease-of.ts';
import type { LeasedOrder, OrderEnd } from '../leases/leases.service.ts';
import type { RunKind, Withheld } from '../runs/run.ts';
import type { Site } from '../sites/site.ts';
import { deadlinesOf, type PlannedOrder, usesOf, withoutHeld } from './plan.ts';

/** What an agent may take to hand in its last result once its round is over. */
const GRACE_MS = 5_000;

/** The run that orders belong to. */
export interface QueuedRun {
  id: string;
  kind: RunKind;
  deadlineAt: Date;
}

/** Where a planned order gets what it needs at the moment it goes out. */
export interface OrderSupply {
  holds(): Promise<Holds>;
  /** The grant, or why there is none. */
  grant(order: PlannedOrder, goodUntil: Date): Promise<Grant | string>;
  clientSecret(): Promise<string | null>;
  /** Tokens that the server obtained anew. */
  keep(order: PlannedOrder, tokens: Tokens): Promise<void>;
  /** `count` of the order's results are not to be expected. */
  withhold(order: PlannedOrder, count: number, withheld: readonly Withheld[]): Promise<void>;
}

const WHY: Partial<Record<OrderEnd, string>> = {
  unsent: 'The agent of this server was not connected when its turn came.',
  'not-made': 'The order could not be made; the log of Mailpath holds the reason (order-not-made).',
  'waits-already':
    'The same server waits for its turn to sign in as this user already, for a run that was asked before: see the results of that one.',
  'gave-up': 'Its turn did not come in time: others were signing in to the same mailboxes.',
};

/** Turns what was planned into an order that goes out when it gets its lease. */
export function leasedOrder(
  site: Site,
  run: QueuedRun,
  planned: PlannedOrder,
  supply: OrderSupply,
): LeasedOrder {
  const id = uuidv7();
  const limits = deadlinesOf(planned.tasks);
  /** Results that the run expects of this order. */
  let expected = planned.tasks.length;
  const withhold = async (count: number, withheld: readonly Withheld[]): Promise<void> => {
    expected -= count;
    await supply.withhold(planned, count, withheld);
  };
  const prepare = async (expiresAt: Date): Promise<RunOrder | null> => {
    const left = withoutHeld(planned, await supply.holds());
    if (left.withheld.length > 0)
      await withhold(planned.tasks.length - (left.order?.tasks.length ?? 0), left.withheld);
    if (!left.order) return null;
    const grant = await supply.grant(planned, expiresAt);
    if (typeof grant === 'string') {
      await withhold(expected, [{ userName: planned.userName, reason: grant, until: null }]);
      return null;
    }
    // An application server sends with a token alone: it is told nothing that could obtain another.
    const clientSecret = planned.grant === 'access-token' ? null : await supply.clientSecret();
    return {
      runId: run.id,
      ...limits,
      tasks: left.order.tasks,
      lease: leaseOf(site, { id, expiresAt, userName: planned.userName, clientSecret, grant }),
    };
  };
  const { siteId, userName, agentId, serverId } = { siteId: site.id, ...planned };
  return {
    id,
    kind: run.kind,
    siteId,
    userName,
    agentId,
    serverId,
    runId: run.id,
    uses: usesOf(planned.tasks),
    lastsMs: limits.roundDeadlineMs + GRACE_MS,
    giveUpAt: run.deadlineAt.getTime(),
    prepare,
    ...(planned.grant === 'refresh-token' && { keep: (tokens: Tokens) => supply.keep(planned, tokens) }),
    ended: async (how) => {
      const why = WHY[how];
      if (why && expected > 0) await withhold(expected, [{ userName, reason: why, until: null }]);
    },
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
