import type { NotLent } from '../../estate/servers/lendee.ts';

/** Where an order is: in the queue, at its agent, or over, with every task answered or for a reason. */
export type OrderState = 'waiting' | 'lent' | 'answered' | 'ended';

/**
 * Why an order ended without every answer. `agent-left`: the connection ended, and it was not given again in time;
 * `expired`: no answer in time; `unsent`: the agent was not there when its turn came, or nothing was left to ask;
 * `not-made`: a fault of ours, or of what is set; `gave-up`: its turn did not come in time; `waits-already`: one like
 * it waits; `withdrawn`: the agent is not to be lent anything any more; `refused`: what it handed in was;
 * `lent-too-often`: its agent was lent too much for this user within the hour. The rest is why it was lent nothing.
 */
export type OrderEnd =
  | 'agent-left'
  | 'expired'
  | 'unsent'
  | 'not-made'
  | 'gave-up'
  | 'waits-already'
  | 'withdrawn'
  | 'refused'
  | 'lent-too-often'
  | NotLent;

/** What of an order decides how it goes on. Times are milliseconds of one clock. */
export interface OrderLife {
  readonly state: OrderState;
  readonly reason: OrderEnd | null;
  /** Whether it may be given a second time: a code is good once. */
  readonly repeatable: boolean;
  /** How long it lasts at the most, from when it is given. */
  readonly lastsMs: number;
  /** When waiting for it has no more point. */
  readonly giveUpAt: number;
  readonly lentUntil: number | null;
  /** When it was given, each time. */
  readonly lentAt: readonly number[];
  /** The connection that it was given to. */
  readonly session: string | null;
  /** Which of its tasks have no result yet, by their places in the list. */
  readonly open: readonly number[];
  readonly endedAt: number | null;
}

/**
 * What happens to an order. `giving`: counted from 1, which time of being given this is about; it means nothing to an
 * order that is back in the queue or given anew, of which whoever was slow to send it does not know.
 */
export type OrderEvent =
  /** Its turn has come. */
  | { event: 'lend'; session: string }
  /** A look at the clock; `connected`: whether its agent can be asked. */
  | { event: 'tick'; connected: boolean }
  /** The connection that it was given to has ended; `waits`: whether another like it waits by now. */
  | { event: 'left'; waits: boolean; giving?: number }
  /** A task has its first result. */
  | { event: 'result'; task: number }
  /** It can or must not go on. */
  | { event: 'end'; reason: OrderEnd; giving?: number };

const isOver = ({ state }: OrderLife): boolean => state === 'answered' || state === 'ended';

const isOfEarlierGiving = ({ state, lentAt }: OrderLife, event: OrderEvent): boolean =>
  'giving' in event && (state !== 'lent' || lentAt.length !== event.giving);

/** The order after the event; the very same object where the event changes nothing. Pure. */
export function next<O extends OrderLife>(order: O, event: OrderEvent, now: number): O {
  if (isOver(order) || isOfEarlierGiving(order, event)) return order;
  switch (event.event) {
    case 'lend':
      return order.state === 'waiting' ? lent(order, event.session, now) : order;
    case 'tick':
      return onTick(order, event.connected, now);
    case 'left':
      return order.state === 'lent' ? onLeft(order, event.waits, now) : order;
    case 'result':
      return onResult(order, event.task, now);
    case 'end':
      // What was never given, or is in the queue again, has no lease that could be withdrawn or whose contents be
      // refused.
      return order.state === 'waiting' && (event.reason === 'withdrawn' || event.reason === 'refused')
        ? order
        : ended(order, event.reason, now);
  }
}

const lent = <O extends OrderLife>(order: O, session: string, now: number): O => ({
  ...order,
  state: 'lent',
  session,
  lentUntil: now + order.lastsMs,
  lentAt: [...order.lentAt, now],
});

const ended = <O extends OrderLife>(order: O, reason: OrderEnd, now: number): O => ({
  ...order,
  state: 'ended',
  reason,
  session: null,
  lentUntil: null,
  endedAt: now,
});

function onTick<O extends OrderLife>(order: O, connected: boolean, now: number): O {
  if (order.state === 'lent') return (order.lentUntil ?? now) <= now ? ended(order, 'expired', now) : order;
  if (order.giveUpAt > now) return order;
  if (connected) return ended(order, 'gave-up', now);
  return ended(order, order.lentAt.length > 0 ? 'agent-left' : 'unsent', now);
}

function onLeft<O extends OrderLife>(order: O, waits: boolean, now: number): O {
  if (waits) return ended(order, 'waits-already', now);
  if (!order.repeatable || order.giveUpAt <= now) return ended(order, 'agent-left', now);
  return { ...order, state: 'waiting', session: null, lentUntil: null };
}

/** An agent that was cut off hands in what it saw when it is back, also while its order waits to be given again. */
function onResult<O extends OrderLife>(order: O, task: number, now: number): O {
  if (order.lentAt.length === 0 || !order.open.includes(task)) return order;
  const open = order.open.filter((each) => each !== task);
  return open.length > 0
    ? { ...order, open }
    : { ...order, open, state: 'answered', session: null, lentUntil: null, endedAt: now };
}
