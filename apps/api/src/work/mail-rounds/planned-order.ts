import type { CheckResult, Grant, Role, RunOrder, TokenClaims, Tokens } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import { GRACE_MS } from '../../fleet/tasks/deadlines.ts';
import type { LentRefreshToken } from '../../trust/credentials/credentials.service.ts';
import type { Holds } from '../../trust/holds/holds.service.ts';
import { leaseOf } from '../leases/lease-of.ts';
import { WHY_NOT_LENT } from '../../trust/lending/lendee.ts';
import type { LeasedOrder, OrderEnd } from '../leases/leased-order.ts';
import type { RunKind, Withheld } from '../runs/run.ts';
import type { Site } from '../../estate/sites/site.ts';
import { deadlinesOf, isToken, type PlannedOrder, usesOf, withoutHeld } from './plan.ts';

/** The run that orders belong to. */
export interface QueuedRun {
  id: string;
  kind: RunKind;
  deadlineAt: Date;
}

/** What an order lends, and what is to be remembered of it until it is answered. */
export interface Supplied {
  grant: Grant;
  /** The refresh token, where it is one. */
  refresh?: LentRefreshToken;
}

/** Where a planned order gets what it needs at the moment it goes out. */
export interface OrderSupply {
  holds(): Promise<Holds>;
  /** The grant, or why there is none. */
  grant(order: PlannedOrder, goodUntil: Date): Promise<Supplied | string>;
  clientSecret(): Promise<string | null>;
  /** Tokens that the server obtained anew, with what its result says of them. */
  keep(
    order: PlannedOrder,
    supplied: Supplied,
    tokens: Tokens,
    claims: TokenClaims | undefined,
  ): Promise<void>;
  /** A refresh token that has never been used with success was refused. */
  drop(order: PlannedOrder, refused: LentRefreshToken): Promise<void>;
  /** `count` of the order's results are not to be expected. */
  withhold(order: PlannedOrder, count: number, withheld: readonly Withheld[]): Promise<void>;
}

const WHY: Partial<Record<OrderEnd, string>> = {
  unsent: 'The agent of this server was not connected when its turn came.',
  'not-made': 'The order could not be made; the log of Mailpath holds the reason (order-not-made).',
  'waits-already':
    'The same server waits for its turn to sign in as this user already, for a run that was asked before: see the results of that one.',
  'gave-up': 'Its turn did not come in time: others were signing in to the same mailboxes.',
  ...WHY_NOT_LENT,
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
  let supplied: Supplied | undefined;
  let handedIn: Tokens | undefined;
  const prepare = async (expiresAt: Date, roles: readonly Role[]): Promise<RunOrder | null> => {
    const left = withoutHeld(planned, await supply.holds());
    if (left.withheld.length > 0)
      await withhold(planned.tasks.length - (left.order?.tasks.length ?? 0), left.withheld);
    if (!left.order) return null;
    const found = await supply.grant(planned, expiresAt);
    if (typeof found === 'string') {
      await withhold(expected, [{ userName: planned.userName, reason: found, until: null }]);
      return null;
    }
    supplied = found;
    const given = { id, expiresAt, userName: planned.userName, grant: found.grant };
    return {
      runId: run.id,
      ...limits,
      tasks: left.order.tasks,
      lease: await leaseOf(site, roles, { ...given, clientSecret: () => supply.clientSecret() }),
    };
  };
  /** Tokens count once the result of their own check tells whose they are. */
  const answered = async (result: CheckResult): Promise<void> => {
    if (!isToken(result) || !supplied) return;
    if (getsThrough(result) && handedIn) {
      await supply.keep(planned, supplied, handedIn, result.evidence.claims);
    } else if (isExcused(supplied, result)) await supply.drop(planned, supplied.refresh);
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
    ...(planned.grant !== 'access-token' && {
      obtained: (tokens: Tokens) => {
        handedIn = tokens;
      },
      answered,
      excuses: (result: CheckResult) => supplied !== undefined && isExcused(supplied, result),
    }),
    ended: async (how) => {
      const why = WHY[how];
      if (why && expected > 0) await withhold(expected, [{ userName, reason: why, until: null }]);
    },
  };
}

const getsThrough = ({ outcome }: CheckResult): boolean => outcome === 'pass' || outcome === 'warn';

/** A refusal of a refresh token that has never worked says nothing of the good one behind it. */
const isExcused = (
  supplied: Supplied,
  { check, failure }: CheckResult,
): supplied is Supplied & { refresh: LentRefreshToken } =>
  check === 'token.refresh' &&
  failure?.code === 'denied' &&
  failure.phase === 'token' &&
  supplied.refresh?.isCandidate === true;

/** The longest that the orders of one user, or of one agent, take one after the other. */
export function queueMs(orders: readonly PlannedOrder[]): number {
  const sums = new Map<string, number>();
  for (const { userName, agentId, tasks } of orders)
    for (const key of [`user ${userName}`, `agent ${agentId}`])
      sums.set(key, (sums.get(key) ?? 0) + deadlinesOf(tasks).roundDeadlineMs + GRACE_MS);
  return Math.max(0, ...sums.values());
}
