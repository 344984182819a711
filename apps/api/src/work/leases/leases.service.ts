import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { CheckResult, Delivery, DeviceCode, Tokens } from '@mailpath/protocol';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { Clock } from '../../platform/clock.ts';
import { RUN_RESULTS_STORED } from '../../history/results/result-events.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { APPROVAL_WITHDRAWN } from '../../estate/sites/site-events.ts';
import { holdAfter } from '../../trust/holds/hold.ts';
import { HoldsService } from '../../trust/holds/holds.service.ts';
import { type Given, LeaseBook } from './lease-book.ts';
import type { LeasedOrder, OrderEnd } from './leased-order.ts';
import { type NotLent, notLent } from '../../trust/lending/lendee.ts';
import { Lendees } from './lendees.service.ts';
import { type Answered, LentTasks } from './lent-tasks.ts';

/** Hands orders with credentials to agents, one at a time for each user and mailbox, and takes back what they obtain. */
@Injectable()
export class LeasesService implements OnModuleInit, BeforeApplicationShutdown {
  readonly #logger = new Logger('Leases');
  readonly #book = new LeaseBook<LeasedOrder>();
  readonly #lent = new LentTasks<LeasedOrder>();
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  readonly #settling = new Set<Promise<void>>();

  constructor(
    private readonly clock: Clock,
    private readonly sessions: AgentSessions,
    private readonly holds: HoldsService,
    private readonly lendees: Lendees,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(RUN_RESULTS_STORED, ({ reporter, deliveries }) => this.#onResults(reporter, deliveries));
    this.events.on(APPROVAL_WITHDRAWN, (agentId) => this.#endAllOf(agentId, 'withdrawn'));
  }

  /** Before the connections end, which would free leases for orders that nobody could take any more; and before the database does. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#settling);
  }

  /** Puts orders in the queue, in this order, and sends those that can be sent. */
  async ask(orders: readonly LeasedOrder[]): Promise<void> {
    const joined = orders.filter((order) => !this.#book.ask(order));
    for (const order of joined) await this.#tellEnd(order, 'waits-already');
    await this.settle();
  }

  /** Whether any order of the run waits for its turn. */
  waits(runId: string): boolean {
    return this.#book.waits((order) => order.runId === runId);
  }

  /** Whether mailboxes of the site are being opened, or are to be. */
  isBusy(siteId: string): boolean {
    return this.#book.isBusy(siteId);
  }

  /** The longest that those who are ahead in the queue as these users, or at these agents, may take. */
  aheadMs(siteId: string, userNames: ReadonlySet<string>, agentIds: ReadonlySet<string>): number {
    return this.#book.aheadMs(siteId, userNames, agentIds);
  }

  /** Only the agent that holds the lease is listened to. */
  async takeTokens(agentId: string, tokens: Tokens): Promise<void> {
    const order = this.#book.heldBy(agentId, tokens.leaseId, this.#now());
    if (order?.obtained) return order.obtained(tokens);
    this.#logger.warn({ event: 'tokens-ignored', agentId, reason: 'this agent holds no such lease now' });
  }

  /** Only the agent that holds the lease is listened to. */
  async takeDeviceCode(agentId: string, code: DeviceCode): Promise<void> {
    const order = this.#book.heldBy(agentId, code.leaseId, this.#now());
    if (order?.show) {
      if (await order.show(code)) return;
      this.#logger.warn({ event: 'device-page-refused', agentId, page: code.verificationUri });
      if (this.#book.end(order.id)) await this.#tellEnd(order, 'refused');
      return this.settle();
    }
    this.#logger.warn({
      event: 'device-code-ignored',
      agentId,
      reason: 'this agent holds no such lease now',
    });
  }

  /** What an agent was lent ends with its connection. */
  async agentLeft(agentId: string): Promise<void> {
    if (!this.#stopping) await this.#endAllOf(agentId, 'agent-left');
  }

  /** Looks at the clock: ends what is over, sends what has become free. Called whenever that may have changed. */
  async settle(): Promise<void> {
    if (this.#stopping) return;
    const settling = this.#settle();
    this.#settling.add(settling);
    try {
      await settling;
    } finally {
      this.#settling.delete(settling);
    }
  }

  async #endAllOf(agentId: string, how: OrderEnd): Promise<void> {
    for (const order of this.#book.endAllOf(agentId)) await this.#tellEnd(order, how);
    await this.settle();
  }

  async #settle(): Promise<void> {
    const { given, expired, gaveUp } = this.#book.settle(this.#now());
    for (const order of expired) await this.#tellEnd(order, 'expired');
    for (const order of gaveUp) await this.#tellEnd(order, 'gave-up');
    const unsent = (await Promise.all(given.map((one) => this.#send(one)))).some((sent) => !sent);
    if (unsent && !this.#stopping) return this.#settle();
    this.#wakeLater();
  }

  async #send({ claim: order, expiresAt }: Given<LeasedOrder>): Promise<boolean> {
    const how = await this.#sent(order, new Date(expiresAt));
    if (how === 'sent') return true;
    // Unless it has ended meanwhile, and that was told.
    if (this.#book.end(order.id)) await this.#tellEnd(order, how);
    return false;
  }

  async #sent(order: LeasedOrder, expiresAt: Date): Promise<'sent' | 'unsent' | 'not-made' | NotLent> {
    try {
      // The one door through which secrets leave: whoever planned the order, the agent is looked at now.
      const lendee = await this.lendees.of(order.siteId, order.agentId);
      const problem = lendee && notLent(lendee);
      if (problem) return problem;
      const data = lendee && (await order.prepare(expiresAt, lendee.roles));
      if (!data || !this.#book.heldBy(order.agentId, order.id, this.#now())) return 'unsent';
      // Before it is sent: the answer may be faster than the next line.
      this.#lent.lend(order, data.tasks);
      return this.sessions.send(order.agentId, { event: 'run', data }) ? 'sent' : 'unsent';
    } catch (error) {
      // The queue must go on; the run shows what was not asked.
      this.#report('order-not-made', order, error);
      return 'not-made';
    }
  }

  /** What no lease was given for is stored like any result, and changes nothing for anybody else. */
  async #onResults({ agentId, serverId }: Reporter, deliveries: readonly Delivery[]): Promise<void> {
    for (const { runId, result } of deliveries) {
      const answered = this.#lent.find(agentId, runId, result, this.#now());
      if (!answered) continue;
      const first = answered.isOpen && result.repeats === null;
      await this.#tell(serverId, answered, result, first);
      if (!first || !this.#lent.close(answered)) continue;
      if (this.#book.end(answered.order.id)) await this.#tellEnd(answered.order, 'answered');
    }
    await this.settle();
  }

  /** A result that cannot be noted must not leave the lease open, for which others wait: the result itself is stored. */
  async #tell(
    serverId: string,
    answered: Answered<LeasedOrder>,
    result: CheckResult,
    first: boolean,
  ): Promise<void> {
    const { order } = answered;
    const steps = [
      () => this.#draw(serverId, answered, result),
      () => (first ? order.answered?.(result) : undefined),
    ];
    for (const step of steps)
      try {
        await step();
      } catch (error) {
        // As above.
        const { message, stack } = error as Error;
        this.#logger.error(
          { event: 'result-not-noted', serverId, check: result.check, reason: message },
          stack,
        );
      }
  }

  /** What a result means for those who come after it: at the mailbox, or with the credential, that it was lent for. */
  async #draw(serverId: string, { order, task }: Answered<LeasedOrder>, result: CheckResult): Promise<void> {
    const { siteId, userName } = order;
    const hold = holdAfter(result, this.clock.now());
    const mailbox = task.target.mailbox?.toLowerCase();
    if (hold?.of === 'mailbox' && mailbox) await this.holds.holdMailbox(siteId, mailbox, hold);
    if (hold?.of === 'credential' && !order.excuses?.(result))
      await this.holds.holdCredential(siteId, userName, serverId, hold);
  }

  async #tellEnd(order: LeasedOrder, how: OrderEnd): Promise<void> {
    this.#lent.end(order.id, this.#now());
    if (how !== 'answered')
      this.#logger.log({ event: 'lease-over', how, agentId: order.agentId, runId: order.runId });
    try {
      await order.ended(how);
    } catch (error) {
      // The lease is over all the same, and others wait for it.
      this.#report('lease-end', order, error);
    }
  }

  #wakeLater(): void {
    clearTimeout(this.#timer);
    if (this.#stopping) return;
    const now = this.#now();
    const at = this.#book.nextAt(now);
    if (at === null) return;
    this.#timer = setTimeout(() => void this.settle(), Math.max(0, at - now) + 1).unref();
  }

  readonly #now = (): number => this.clock.now().getTime();

  #report(event: string, { agentId, runId }: LeasedOrder, error: unknown): void {
    const { message, stack } = error as Error;
    this.#logger.error({ event, agentId, runId, reason: message }, stack);
  }
}
