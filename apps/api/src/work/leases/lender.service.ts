import { Injectable, Logger } from '@nestjs/common';
import { ASSERTION_PROTOCOL } from '@mailpath/protocol';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { Turns } from '../../estate/connections/turns.ts';
import { notLent } from '../../estate/servers/lendee.ts';
import { reportFault } from '../../platform/report-fault.ts';
import type { OrderEnd, OrderEvent } from '../orders/order.ts';
import type { Order } from '../orders/order-handler.ts';
import { OrderRecords } from '../orders/order-records.service.ts';
import { LeaseRecords } from './lease-records.service.ts';
import { Lendees } from './lendees.service.ts';
import { OrderHandlers } from './order-handlers.ts';

/** Half of the connections to the database: a run of hundreds of servers leaves the rest to others. */
const SENT_AT_A_TIME = 5;

/** Sends orders that were given to agents which are connected here, and tells their ends. */
@Injectable()
export class Lender {
  readonly #logger = new Logger('Leases');
  readonly #turns = new Turns(SENT_AT_A_TIME);

  constructor(
    private readonly records: OrderRecords,
    private readonly handlers: OrderHandlers,
    private readonly lendees: Lendees,
    private readonly sessions: AgentSessions,
    private readonly book: LeaseRecords,
  ) {}

  /** Whether it is on its way; one that is not has come to its end, or waits again. */
  async send(order: Order): Promise<boolean> {
    const event = await this.#turns.run(() => this.#sent(order));
    if (event === null) return true;
    // Meanwhile another instance may have given it again, to a newer connection of its agent: that stands.
    await this.happen(order, { ...event, giving: order.lentAt.length });
    return false;
  }

  /** Lets something happen to an order that ends it or puts it back, and tells the end where it is one. */
  async happen(order: Pick<Order, 'siteId' | 'id'>, event: OrderEvent): Promise<void> {
    const step = await this.records.happen(order, [event], { queue: true });
    if (step && step.before !== step.after && step.after.endedAt !== null)
      await this.tellEnd(step.after, step.after.reason);
  }

  async tellEnd(order: Order, reason: OrderEnd | null): Promise<void> {
    if (reason === null) return;
    const { agentId, runId, kind } = order;
    this.#logger.log({ event: 'lease-over', how: reason, agentId, runId, kind });
    try {
      await this.handlers.of(order).ended(order, reason);
    } catch (error) {
      // The order is over all the same, and others wait for it.
      this.#report('lease-end', order, error);
    }
  }

  /** Null when it was sent, and otherwise what has happened to it. */
  async #sent(order: Order): Promise<Extract<OrderEvent, { event: 'left' | 'end' }> | null> {
    const end = (reason: OrderEnd) => ({ event: 'end', reason }) as const;
    try {
      // The one door through which secrets leave: whoever planned the order, the agent is looked at now.
      const lendee = await this.lendees.of(order.siteId, order.agentId);
      if (!lendee || order.lentUntil === null) return { event: 'left', waits: false };
      const problem = order.userName === null ? null : notLent(lendee);
      if (problem) return end(problem);
      const prepared = await this.handlers.of(order).prepare(order, new Date(order.lentUntil), lendee.roles);
      // It would drop the assertion, and ask without any proof.
      if (prepared.lease?.clientAssertion != null && lendee.protocol < ASSERTION_PROTOCOL)
        return end('old-protocol');
      if (prepared.lease && !(await this.book.note(order, prepared.lease, lendee.roles)))
        return end('lent-too-often');
      // Before it is sent: the answer may be faster than the next line.
      const asked = await this.records.noteSent(order, prepared);
      if (!asked || asked.tasks.length === 0) return end('unsent');
      const { runId, checkDeadlineMs, roundDeadlineMs, tasks } = asked;
      const lease = prepared.lease && { lease: prepared.lease };
      const data = { runId, checkDeadlineMs, roundDeadlineMs, tasks: [...tasks], ...lease };
      return this.sessions.send(order.agentId, { event: 'run', data }, order.session ?? '')
        ? null
        : { event: 'left', waits: false };
    } catch (error) {
      // The queue must go on; the run shows what was not asked.
      this.#report('order-not-made', order, error);
      return end('not-made');
    }
  }

  #report(event: string, { agentId, runId }: Order, error: unknown): void {
    reportFault(this.#logger, { event, agentId, runId }, error);
  }
}
