import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { CheckResult, Delivery, DeviceCode, RunOrder, Task, Tokens } from '@mailpath/protocol';
import { AgentSessions } from '../agents/agent-sessions.ts';
import { Clock } from '../clock.ts';
import { CredentialsService } from '../credentials/credentials.service.ts';
import { ResultEvents } from '../results/result-events.ts';
import type { Reporter } from '../results/result-rows.ts';
import { holdAfter } from './hold.ts';
import { HoldsService } from './holds.service.ts';
import { type Claim, type Given, LeaseBook } from './lease-book.ts';

/** How a leased order ended. `unsent`: the agent had gone, or nothing was left to ask; `not-made`: a fault of ours, or of what is set; `gave-up`: its turn did not come in time; `waits-already`: one like it waits. */
export type OrderEnd =
  'answered' | 'agent-left' | 'expired' | 'unsent' | 'not-made' | 'gave-up' | 'waits-already';

/** An order that may go out once it has a lease; who asked for it says what goes out, and hears what comes of it. */
export interface LeasedOrder extends Claim {
  readonly runId: string;
  readonly serverId: string;
  /** What goes out, made when the lease is given; null when there is nothing left to ask. */
  prepare(expiresAt: Date): Promise<RunOrder | null>;
  /** Tokens that the agent obtained with the lease; left out where it is to obtain none. */
  keep?(tokens: Tokens): Promise<void>;
  show?(code: DeviceCode): Promise<void>;
  answered?(result: CheckResult): Promise<void>;
  ended(how: OrderEnd): Promise<void>;
}

const keyOf = ({ check, target }: Pick<Task, 'check' | 'target'>): string => `${check} ${target.name}`;

/** Hands orders with credentials to agents, one at a time for each user and mailbox, and takes back what they obtain. */
@Injectable()
export class LeasesService implements OnModuleInit, BeforeApplicationShutdown {
  readonly #logger = new Logger('Leases');
  readonly #book = new LeaseBook<LeasedOrder>();
  /** What each lease still waits for, by the id of the lease. */
  readonly #open = new Map<string, Set<string>>();
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  readonly #settling = new Set<Promise<void>>();

  constructor(
    private readonly clock: Clock,
    private readonly sessions: AgentSessions,
    private readonly events: ResultEvents,
    private readonly holds: HoldsService,
    private readonly credentials: CredentialsService,
  ) {}

  onModuleInit(): void {
    this.events.onStored((reporter, deliveries) => this.#onResults(reporter, deliveries));
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
    if (order?.keep) return order.keep(tokens);
    this.#logger.warn({ event: 'tokens-ignored', agentId, reason: 'this agent holds no such lease now' });
  }

  /** Only the agent that holds the lease is listened to. */
  async takeDeviceCode(agentId: string, code: DeviceCode): Promise<void> {
    const order = this.#book.heldBy(agentId, code.leaseId, this.#now());
    if (order?.show) return order.show(code);
    this.#logger.warn({
      event: 'device-code-ignored',
      agentId,
      reason: 'this agent holds no such lease now',
    });
  }

  /** What an agent was lent ends with its connection. */
  async agentLeft(agentId: string): Promise<void> {
    if (this.#stopping) return;
    for (const order of this.#book.endAllOf(agentId)) await this.#tellEnd(order, 'agent-left');
    await this.settle();
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

  async #sent(order: LeasedOrder, expiresAt: Date): Promise<'sent' | 'unsent' | 'not-made'> {
    try {
      const data = await order.prepare(expiresAt);
      if (!data || !this.#book.heldBy(order.agentId, order.id, this.#now())) return 'unsent';
      // Before it is sent: the answer may be faster than the next line.
      this.#open.set(order.id, new Set(data.tasks.map(keyOf)));
      return this.sessions.send(order.agentId, { event: 'run', data }) ? 'sent' : 'unsent';
    } catch (error) {
      // The queue must go on; the run shows what was not asked.
      this.#report('order-not-made', order, error);
      return 'not-made';
    }
  }

  async #onResults({ siteId, agentId, serverId }: Reporter, deliveries: readonly Delivery[]): Promise<void> {
    for (const { runId, result } of deliveries) {
      if (result.target.mailbox === undefined) continue;
      const order = this.#book
        .of(agentId)
        .find((one) => one.runId === runId && this.#open.get(one.id)?.has(keyOf(result)));
      await this.#tell(siteId, serverId, order, result);
      if (!order || result.repeats !== null) continue;
      const open = this.#open.get(order.id);
      open?.delete(keyOf(result));
      if (open?.size === 0 && this.#book.end(order.id)) await this.#tellEnd(order, 'answered');
    }
    await this.settle();
  }

  /** A result that cannot be noted must not leave the lease open, for which others wait: the result itself is stored. */
  async #tell(
    siteId: string,
    serverId: string,
    order: LeasedOrder | undefined,
    result: CheckResult,
  ): Promise<void> {
    const steps = [
      () => this.#draw(siteId, serverId, order, result),
      () => (result.repeats === null ? order?.answered?.(result) : undefined),
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

  /** What a result means for those who come after it. */
  async #draw(
    siteId: string,
    serverId: string,
    order: LeasedOrder | undefined,
    result: CheckResult,
  ): Promise<void> {
    const { mailbox = '' } = result.target;
    // A token's target is the user; a result that comes after its lease has ended has no order to ask.
    const userName = order?.userName ?? (result.check.startsWith('token.') ? mailbox.toLowerCase() : null);
    const hold = holdAfter(result, this.clock.now());
    if (hold?.of === 'mailbox') await this.holds.holdMailbox(siteId, mailbox.toLowerCase(), hold);
    if (hold?.of === 'credential' && userName)
      await this.holds.holdCredential(siteId, userName, serverId, hold);
    if (order && result.evidence.claims)
      await this.credentials.keepClaims({ siteId, userName: order.userName }, result.evidence.claims);
  }

  async #tellEnd(order: LeasedOrder, how: OrderEnd): Promise<void> {
    this.#open.delete(order.id);
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

  #now(): number {
    return this.clock.now().getTime();
  }

  #report(event: string, { agentId, runId }: LeasedOrder, error: unknown): void {
    const { message, stack } = error as Error;
    this.#logger.error({ event, agentId, runId, reason: message }, stack);
  }
}
