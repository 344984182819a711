import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import type { DeviceCode, Tokens } from '@mailpath/protocol';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { APPROVAL_WITHDRAWN } from '../../estate/sites/site-events.ts';
import { RUN_RESULTS_STORED } from '../../history/results/result-events.ts';
import { Clock } from '../../platform/clock.ts';
import { Notices } from '../../platform/database/notices.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import type { Order } from '../orders/order-handler.ts';
import { OrderQueue } from '../orders/order-queue.service.ts';
import { OrderRecords } from '../orders/order-records.service.ts';
import { Lender } from './lender.service.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { OrderAnswers } from './order-answers.service.ts';
import { OrderHandlers } from './order-handlers.ts';
import { OrderTurns } from './order-turns.service.ts';

/** What a notice that was lost costs at the most. */
const LOOK_MS = 5_000;

/**
 * Hands orders to agents, those with credentials one at a time for each user and mailbox, and takes back what they
 * obtain.
 */
@Injectable()
export class LeasesService implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('Leases');
  readonly #settling = new OneAtATime((siteId) => this.#settle(siteId));
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #look: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(
    private readonly clock: Clock,
    private readonly queue: OrderQueue,
    private readonly records: OrderRecords,
    private readonly turns: OrderTurns,
    private readonly lender: Lender,
    private readonly answers: OrderAnswers,
    private readonly handlers: OrderHandlers,
    private readonly events: EventBus,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.queue.onAsked((siteId, joined) => this.#onAsked(siteId, joined));
    this.events.on(RUN_RESULTS_STORED, async ({ reporter, deliveries }) => {
      if (await this.answers.take(reporter, deliveries)) await this.settleSite(reporter.siteId);
    });
    this.events.on(APPROVAL_WITHDRAWN, (agentId) => this.#withdraw(agentId));
    this.notices.on('orders-of-site', (siteId) => this.settleSite(siteId));
    this.notices.onMissed(() => this.settle());
  }

  onApplicationBootstrap(): void {
    this.#look = setInterval(() => {
      this.#reported(this.records.freeSites().then((siteIds) => this.#settleAll(siteIds)));
    }, LOOK_MS).unref();
  }

  /** Before the connections end, for which orders would be given again to nobody; and before the database does. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#look);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await this.#settling.idle();
  }

  /** Only the agent that holds the lease is listened to. */
  async takeTokens({ siteId, agentId }: Reporter, tokens: Tokens): Promise<void> {
    const order = await this.records.heldBy(siteId, agentId, tokens.leaseId);
    if (order && this.handlers.of(order).obtains(order)) return this.records.keepTokens(order, tokens);
    this.#logger.warn({ event: 'tokens-ignored', agentId, reason: 'this agent holds no such lease now' });
  }

  /** Only the agent that holds the lease is listened to. */
  async takeDeviceCode({ siteId, agentId }: Reporter, code: DeviceCode): Promise<void> {
    const order = await this.records.heldBy(siteId, agentId, code.leaseId);
    const handler = order && this.handlers.of(order);
    if (!order || !handler?.show)
      return this.#logger.warn({
        event: 'device-code-ignored',
        agentId,
        reason: 'this agent holds no such lease now',
      });
    if (await handler.show(order, code)) return;
    this.#logger.warn({ event: 'device-page-refused', agentId, page: code.verificationUri });
    await this.lender.happen(order, { event: 'end', reason: 'refused' });
    await this.settleSite(siteId);
  }

  /** Looks at the clock and at who is connected: ends what is over, sends what has become free. Of all sites. */
  async settle(): Promise<void> {
    if (!this.#stopping) await this.#settleAll(await this.records.sites());
  }

  /** The same of one site; called whenever that may have changed. */
  async settleSite(siteId: string): Promise<void> {
    if (!this.#stopping) await this.#settling.run(siteId);
  }

  async #settleAll(siteIds: readonly string[]): Promise<void> {
    for (const siteId of siteIds) await this.settleSite(siteId);
  }

  async #onAsked(siteId: string, joined: readonly Order[]): Promise<void> {
    for (const order of joined) await this.lender.tellEnd(order, 'waits-already');
    await this.settleSite(siteId);
  }

  async #withdraw(agentId: string): Promise<void> {
    for (const siteId of await this.records.sites())
      for (const order of await this.records.open(siteId))
        if (order.agentId === agentId && order.userName !== null)
          await this.lender.happen(order, { event: 'end', reason: 'withdrawn' });
    await this.settle();
  }

  async #settle(siteId: string): Promise<void> {
    for (;;) {
      const turn = await this.turns.take(siteId);
      for (const order of turn.ended) await this.lender.tellEnd(order, order.reason);
      const sent = await Promise.all(turn.given.map((order) => this.lender.send(order)));
      if (turn.elsewhere) await this.notices.tell('orders-of-site', siteId);
      this.#wakeLater(siteId, turn.nextAt);
      if (this.#stopping || sent.every(Boolean)) return;
    }
  }

  #wakeLater(siteId: string, at: number | null): void {
    clearTimeout(this.#timers.get(siteId));
    this.#timers.delete(siteId);
    if (this.#stopping || at === null) return;
    const ms = Math.max(0, at - this.clock.now().getTime()) + 1;
    this.#timers.set(siteId, setTimeout(() => this.#reported(this.settleSite(siteId)), ms).unref());
  }

  /** The database may be away: what is due stays due, and is looked at again before long. */
  #reported(work: Promise<void>): void {
    work.catch(({ message }: Error) => this.#logger.warn({ event: 'orders-not-settled', reason: message }));
  }
}
