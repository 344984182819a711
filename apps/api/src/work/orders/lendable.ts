import { Budget, type Use } from './budget.ts';

/** A wish to sign in as a user to some mailboxes, for one order to one agent. Times are milliseconds of one clock. */
export interface Claim {
  readonly siteId: string;
  /** Null for an order that needs no credential. */
  readonly userName: string | null;
  readonly agentId: string;
  /** What the order takes of each mailbox, by address; a user who only obtains a token takes nothing. */
  readonly uses: Readonly<Record<string, Use>>;
  /** It lasts as long as a person takes, so its agent does other work meanwhile. */
  readonly waitsForPerson: boolean;
  readonly state: string;
  /** When it was given, each time. */
  readonly lentAt: readonly number[];
  readonly lentUntil: number | null;
  readonly giveUpAt: number;
  readonly lastsMs: number;
}

/**
 * What may be given now, and when to look again if nothing else happens before; null when there is nothing to wait for.
 */
export interface Choice<C> {
  readonly lendable: C[];
  readonly nextAt: number | null;
}

/** The claims of one site must not touch the same user, nor the same mailbox, at the same time. */
const keysOf = ({ siteId, userName, uses }: Claim): string[] =>
  userName === null
    ? []
    : [`${siteId} user ${userName}`, ...Object.keys(uses).map((mailbox) => `${siteId} mailbox ${mailbox}`)];

/** Whom the claim keeps at work while it lasts. What needs no credential is worked off beside the rest. */
const workersOf = ({ agentId, waitsForPerson, userName }: Claim): string[] =>
  waitsForPerson || userName === null ? [] : [agentId];

/**
 * Which of the waiting orders may be given now: at most one lease a user and a mailbox over all agents of a site, first
 * come first served, within the budget of each mailbox. An agent works its orders off one after the other, so it has
 * one lease at a time, whose clock does not run while it could not be used. `orders` come in the order in which they
 * were asked for, with what was given within the last minute; those whose agent `isThere` not are passed over, and keep
 * nobody from anything. Pure.
 */
export function choose<C extends Claim>(
  orders: readonly C[],
  isThere: (order: C) => boolean,
  now: number,
): Choice<C> {
  const budget = spentOn(orders);
  const roomAt = ({ siteId, uses }: C): number =>
    Math.max(now, ...Object.entries(uses).map(([box, use]) => budget.roomAt(`${siteId} ${box}`, use, now)));
  const held = orders.filter(({ state }) => state === 'lent');
  const taken = new Set(held.flatMap(keysOf));
  const atWork = new Set(held.flatMap(workersOf));
  const waiting = orders.filter(({ state }) => state === 'waiting');
  const moments = [
    ...held.map(({ lentUntil }) => lentUntil ?? now),
    ...waiting.map(({ giveUpAt }) => giveUpAt),
  ];
  const lendable: C[] = [];
  for (const order of waiting) {
    if (!isThere(order)) continue;
    const keys = keysOf(order);
    const free = !keys.some((key) => taken.has(key));
    // Given or not, nobody behind it may be served before it at the same mailbox.
    for (const key of keys) taken.add(key);
    const workers = workersOf(order);
    const room = roomAt(order);
    if (room > now) moments.push(room);
    if (!free || workers.some((one) => atWork.has(one)) || room > now) continue;
    for (const one of workers) atWork.add(one);
    for (const [box, use] of Object.entries(order.uses)) budget.spend(`${order.siteId} ${box}`, use, now);
    moments.push(now + order.lastsMs);
    lendable.push(order);
  }
  return { lendable, nextAt: moments.length === 0 ? null : Math.min(...moments) };
}

/**
 * The longest that what is given or waited for as these users, or by these agents, may take before whoever asks now has
 * a turn.
 */
export function aheadMs(
  orders: readonly Claim[],
  userNames: ReadonlySet<string>,
  agentIds: ReadonlySet<string>,
): number {
  return orders
    .filter(
      (order) =>
        (order.userName !== null && userNames.has(order.userName)) ||
        workersOf(order).some((one) => agentIds.has(one)),
    )
    .reduce((sum, { lastsMs }) => sum + lastsMs, 0);
}

function spentOn(orders: readonly Claim[]): Budget {
  const budget = new Budget();
  const spent = orders.flatMap(({ siteId, uses, lentAt }) =>
    lentAt.flatMap((at) => Object.entries(uses).map(([box, use]) => ({ at, box: `${siteId} ${box}`, use }))),
  );
  for (const { at, box, use } of spent.toSorted((a, b) => a.at - b.at)) budget.spend(box, use, at);
  return budget;
}
