import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../platform/clock.ts';
import { Sealer } from '../../trust/secrets/sealer.ts';
import { aheadMs } from './lendable.ts';
import { OrderEntity } from './order.entity.ts';
import { grantPlace, type NewOrder, type Order } from './order-handler.ts';
import { OrderRecords, toOrder } from './order-records.service.ts';
import { QueueLock } from './queue-lock.service.ts';

/** `joined`: what was not put in the queue, because one like it waits. */
type Listener = (siteId: string, joined: readonly Order[]) => Promise<void>;

/** Where orders are asked for, and what of them is seen by whoever asks. */
@Injectable()
export class OrderQueue {
  #listener: Listener | undefined;

  constructor(
    private readonly lock: QueueLock,
    private readonly records: OrderRecords,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** Whoever sends the orders says how it hears of new ones. */
  onAsked(listener: Listener): void {
    this.#listener = listener;
  }

  /** Puts orders of a site in the queue, in this order, and sends those that can be sent. */
  async ask(siteId: string, orders: readonly NewOrder[]): Promise<void> {
    const joined = await this.add(siteId, orders);
    await this.#listener?.(siteId, joined);
  }

  /** Writes orders down. Answers those that one like them waits for already, which serves them as well. */
  async add(siteId: string, orders: readonly NewOrder[]): Promise<Order[]> {
    if (orders.length === 0) return [];
    return this.lock.hold(siteId, async (manager) => {
      const now = this.clock.now();
      const rows = orders.map((order) => this.#rowOf(order, now));
      const { raw } = await manager
        .createQueryBuilder()
        .insert()
        .into(OrderEntity)
        .values(rows)
        .orIgnore()
        .returning('id')
        .execute();
      const added = new Set((raw as { id: string }[]).map(({ id }) => id));
      return rows.filter(({ id }) => !added.has(id)).map(toOrder);
    });
  }

  /** Whether any sign-in of the run waits for its turn. */
  async waits(siteId: string, runId: string): Promise<boolean> {
    const open = await this.records.open(siteId);
    return open.some(
      (order) => order.runId === runId && order.userName !== null && order.state === 'waiting',
    );
  }

  /**
   * Whether mailboxes of the site are being opened, or are to be; a sign-in, which opens none, may take a person's
   * time.
   */
  async isBusy(siteId: string): Promise<boolean> {
    return (await this.records.open(siteId)).some(({ uses }) => Object.keys(uses).length > 0);
  }

  /** The longest that those who are ahead in the queue as these users, or at these agents, may take. */
  async aheadMs(
    siteId: string,
    userNames: ReadonlySet<string>,
    agentIds: ReadonlySet<string>,
  ): Promise<number> {
    return aheadMs(await this.records.open(siteId), userNames, agentIds);
  }

  /** The row of an order that begins to wait. What it lends is sealed for this row and no other. */
  #rowOf({ grant, ...order }: NewOrder, askedAt: Date): OrderEntity {
    const id = uuidv7();
    const place = grantPlace({ siteId: order.siteId, id });
    return {
      ...order,
      id,
      uses: { ...order.uses },
      tasks: [...order.tasks],
      open: order.tasks.map((_, index) => index),
      giveUpAt: new Date(order.giveUpAt),
      sealedGrant: grant === undefined ? null : this.sealer.seal(grant, place),
      sealedTokens: null,
      state: 'waiting',
      reason: null,
      askedAt,
      lentAt: [],
      lentUntil: null,
      instance: null,
      session: null,
      endedAt: null,
    };
  }
}
