import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Connection, Presence } from '../../estate/connections/presence.ts';
import { Notices } from '../../platform/database/notices.ts';
import { choose } from '../orders/lendable.ts';
import { next, type OrderEvent } from '../orders/order.ts';
import type { Order } from '../orders/order-handler.ts';
import { OrderRecords } from '../orders/order-records.service.ts';

/** What a look at the queue of a site has brought about. */
export interface Turn {
  /** Given to agents that are connected here, and not sent yet. */
  given: Order[];
  ended: Order[];
  /** Whether another instance has something to give. */
  elsewhere: boolean;
  /** When to look again, if nothing else happens before. */
  nextAt: number | null;
}

/**
 * Whose turn it is, decided by one instance at a time; each gives the orders of the agents that are connected to it.
 */
@Injectable()
export class OrderTurns {
  constructor(
    private readonly records: OrderRecords,
    private readonly presence: Presence,
    private readonly notices: Notices,
  ) {}

  take(siteId: string): Promise<Turn> {
    return this.records.alone(siteId, async (manager, all, now) => {
      const agentIds = [
        ...new Set(all.filter(({ endedAt }) => endedAt === null).map(({ agentId }) => agentId)),
      ];
      const [connections, revoked] = [
        await this.presence.of(agentIds, manager),
        await revokedAmong(manager, agentIds),
      ];
      const orders: Order[] = [];
      for (const before of all) {
        const event = whatHappened(before, connections.get(before.agentId), revoked.has(before.agentId), all);
        const after = next(event ? next(before, event, now) : before, ticked(before, connections), now);
        await this.records.save(manager, { before, after });
        orders.push(after);
      }
      const ended = orders.filter((order, i) => order.endedAt !== null && all[i]?.endedAt === null);
      const { lendable, nextAt } = choose(orders, ({ agentId }) => connections.has(agentId), now);
      const given: Order[] = [];
      for (const order of lendable) {
        const connection = connections.get(order.agentId);
        if (connection?.instance !== this.notices.instance) continue;
        const lent = next(order, { event: 'lend', session: connection.session }, now);
        await this.records.save(manager, { before: order, after: lent }, this.notices.instance);
        given.push(lent);
      }
      return { given, ended, elsewhere: given.length < lendable.length, nextAt };
    });
  }
}

/** What has become of an order's agent, where that is anything. */
function whatHappened(
  order: Order,
  connection: Connection | undefined,
  isRevoked: boolean,
  all: readonly Order[],
): OrderEvent | null {
  if (order.state === 'lent' && connection?.session !== order.session) {
    if (isRevoked) return { event: 'end', reason: 'agent-left' };
    const waits = all.some((other) => other.state === 'waiting' && isAlike(other, order));
    return { event: 'left', waits };
  }
  return order.state === 'waiting' && isRevoked ? { event: 'end', reason: 'unsent' } : null;
}

const ticked = ({ agentId }: Order, connections: ReadonlyMap<string, Connection>): OrderEvent => ({
  event: 'tick',
  connected: connections.has(agentId),
});

const isAlike = (a: Order, b: Order): boolean =>
  a.userName !== null && a.userName === b.userName && a.purpose === b.purpose && a.serverId === b.serverId;

async function revokedAmong(manager: EntityManager, agentIds: readonly string[]): Promise<Set<string>> {
  const rows: { id: string }[] = await manager.query(
    'select id from agents where id = any($1::uuid[]) and revoked_at is not null',
    [agentIds],
  );
  return new Set(rows.map(({ id }) => id));
}
