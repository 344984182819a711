import { Injectable, Logger } from '@nestjs/common';
import type { CheckResult, Delivery } from '@mailpath/protocol';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { Clock } from '../../platform/clock.ts';
import { reportFault } from '../../platform/report-fault.ts';
import { holdAfter } from '../../trust/holds/hold.ts';
import { HoldsService } from '../../trust/holds/holds.service.ts';
import type { Order } from '../orders/order-handler.ts';
import { OrderRecords } from '../orders/order-records.service.ts';
import { type Answered, answeredBy } from '../orders/order-tasks.ts';
import { OrderHandlers } from './order-handlers.ts';

/** What results mean for the orders that asked for them, and for those who come after. */
@Injectable()
export class OrderAnswers {
  readonly #logger = new Logger('Leases');

  constructor(
    private readonly clock: Clock,
    private readonly records: OrderRecords,
    private readonly handlers: OrderHandlers,
    private readonly holds: HoldsService,
  ) {}

  /**
   * What no order asked for is stored like any result, and changes nothing for anybody else. Whether an order has come
   * to its end.
   */
  async take({ siteId, agentId, serverId }: Reporter, deliveries: readonly Delivery[]): Promise<boolean> {
    const runIds = [...new Set(deliveries.flatMap(({ runId }) => runId ?? []))];
    const orders = await this.records.ofRuns(siteId, agentId, runIds);
    const closed = new Map<Order, Set<number>>();
    for (const { runId, result } of deliveries) {
      const answered = answeredBy(orders, { agentId, runId, result }, this.clock.now().getTime());
      if (!answered) continue;
      const { order, task } = answered;
      const before = closed.get(order) ?? new Set();
      const counts = result.repeats === null && order.endedAt === null;
      const first = counts && order.open.includes(task) && !before.has(task);
      await this.#note(serverId, answered, result, { counts, first });
      if (first) closed.set(order, before.add(task));
    }
    let ended = false;
    for (const [order, tasks] of closed) {
      const step = await this.records.happen(
        order,
        [...tasks].map((task) => ({ event: 'result', task })),
      );
      ended ||= step !== null && step.after.endedAt !== null;
    }
    return ended;
  }

  /**
   * A result that cannot be noted must not leave the lease open, for which others wait: the result itself is stored.
   */
  async #note(
    serverId: string,
    answered: Answered<Order>,
    result: CheckResult,
    { counts, first }: { counts: boolean; first: boolean },
  ): Promise<void> {
    const { order } = answered;
    const handler = this.handlers.of(order);
    const obtained = async (): Promise<void> => {
      // Given a second time, it may obtain a second time what the first result did not bring.
      const tokens = counts && handler.obtains(order) ? await this.records.tokensOf(order) : null;
      if (first || tokens) await handler.obtained(order, result, tokens);
    };
    for (const step of [() => this.#draw(serverId, answered, result), obtained])
      try {
        await step();
      } catch (error) {
        reportFault(this.#logger, { event: 'result-not-noted', serverId, check: result.check }, error);
      }
  }

  /** What a result means for those who come after it: at the mailbox, or with the credential, that it was lent for. */
  async #draw(serverId: string, { order, task }: Answered<Order>, result: CheckResult): Promise<void> {
    const { siteId, userName } = order;
    if (userName === null) return;
    const hold = holdAfter(result, this.clock.now());
    const mailbox = order.tasks[task]?.target.mailbox?.toLowerCase();
    if (hold?.of === 'mailbox' && mailbox) await this.holds.holdMailbox(siteId, mailbox, hold);
    if (hold?.of === 'credential' && !this.handlers.of(order).excuses(order, result))
      await this.holds.holdCredential(siteId, userName, serverId, hold);
  }
}
