import { Injectable } from '@nestjs/common';
import { aheadMs } from './lendable.ts';
import type { NewOrder, Order } from './order-handler.ts';
import { OrderRecords } from './order-records.service.ts';

/** `joined`: what was not put in the queue, because one like it waits. */
type Listener = (siteId: string, joined: readonly Order[]) => Promise<void>;

/** Where orders are asked for, and what of them is seen by whoever asks. */
@Injectable()
export class OrderQueue {
  #listener: Listener | undefined;

  constructor(private readonly records: OrderRecords) {}

  /** Whoever sends the orders says how it hears of new ones. */
  onAsked(listener: Listener): void {
    this.#listener = listener;
  }

  /** Puts orders of a site in the queue, in this order, and sends those that can be sent. */
  async ask(siteId: string, orders: readonly NewOrder[]): Promise<void> {
    const joined = await this.records.add(siteId, orders);
    await this.#listener?.(siteId, joined);
  }

  /** Whether any sign-in of the run waits for its turn. */
  async waits(siteId: string, runId: string): Promise<boolean> {
    const open = await this.records.open(siteId);
    return open.some(
      (order) => order.runId === runId && order.userName !== null && order.state === 'waiting',
    );
  }

  /** Whether mailboxes of the site are being opened, or are to be; a sign-in, which opens none, may take a person's time. */
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
}
