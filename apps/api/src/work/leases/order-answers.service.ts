import { Injectable, Logger } from '@nestjs/common';
import type { CheckResult, Delivery } from '@mailpath/protocol';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { Clock } from '../../platform/clock.ts';
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

  /** What no order asked for is stored like any result, and changes nothing for anybody else. */
  async take({ siteId, agentId, serverId }: Reporter, deliveries: readonly Delivery[]): Promise<void> {
    const runIds = [...new Set(deliveries.flatMap(({ runId }) => runId ?? []))];
    const orders = await this.records.ofRuns(siteId, agentId, runIds);
    for (const { runId, result } of deliveries) {
      const answered = answeredBy(orders, { agentId, runId, result }, this.clock.now().getTime());
      if (!answered) continue;
      const after = await this.#answer(serverId, answered, result);
      if (after) orders.splice(orders.indexOf(answered.order), 1, after);
    }
  }

  async #answer(
    serverId: string,
    { order, task }: Answered<Order>,
    result: CheckResult,
  ): Promise<Order | null> {
    const isSecondLook = result.repeats !== null;
    const first = !isSecondLook && order.endedAt === null && order.open.includes(task);
    // Given a second time, it may obtain a second time what the first result did not bring.
    const tokens =
      !isSecondLook && order.endedAt === null && this.handlers.of(order).obtains(order)
        ? await this.records.tokensOf(order)
        : null;
    const steps = [
      () => this.#draw(serverId, { order, task }, result),
      () => (first || tokens ? this.handlers.of(order).obtained(order, result, tokens) : undefined),
    ];
    // A result that cannot be noted must not leave the lease open, for which others wait: the result itself is stored.
    for (const step of steps)
      try {
        await step();
      } catch (error) {
        const { message, stack } = error as Error;
        this.#logger.error(
          { event: 'result-not-noted', serverId, check: result.check, reason: message },
          stack,
        );
      }
    if (!first) return null;
    return (await this.records.happen(order, { event: 'result', task }))?.after ?? null;
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
