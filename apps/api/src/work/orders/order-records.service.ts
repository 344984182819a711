import { Injectable } from '@nestjs/common';
import type { Tokens } from '@mailpath/protocol';
import { DataSource, type EntityManager, In, Not } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { Notices } from '../../platform/database/notices.ts';
import { Sealer } from '../../trust/secrets/sealer.ts';
import { next, type OrderEvent } from './order.ts';
import { OrderEntity } from './order.entity.ts';
import type { Order, Prepared } from './order-handler.ts';
import { QueueLock } from './queue-lock.service.ts';

/** What was given within this time counts for the budget of its mailboxes. */
const BUDGET_MS = 60_000;

/** An order before and after an event. */
export interface Step {
  readonly before: Order;
  readonly after: Order;
}

/** The table of orders. Whoever changes the queue of a site holds its row; every change of an order goes by next(). */
@Injectable()
export class OrderRecords {
  constructor(
    private readonly database: DataSource,
    private readonly lock: QueueLock,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    private readonly notices: Notices,
  ) {}

  /**
   * Runs `work` as the only one for this site, over all instances, with what is not over and what was given of late.
   */
  alone<T>(
    siteId: string,
    work: (manager: EntityManager, orders: Order[], now: number) => Promise<T>,
  ): Promise<T> {
    return this.lock.hold(siteId, async (manager) => {
      const now = this.clock.now().getTime();
      const rows = await manager
        .createQueryBuilder(OrderEntity, 'entry')
        .setLock('pessimistic_write')
        .where('entry.siteId = :siteId', { siteId })
        .andWhere('(entry.endedAt is null or entry.endedAt > :since)', { since: new Date(now - BUDGET_MS) })
        .orderBy('entry.id')
        .getMany();
      return work(manager, rows.map(toOrder), now);
    });
  }

  /**
   * Lets things happen to an order; `queue` where that may put it back in the queue. Null for one that is not there.
   */
  happen(
    { siteId, id }: Pick<Order, 'siteId' | 'id'>,
    events: readonly OrderEvent[],
    { queue = false } = {},
  ): Promise<Step | null> {
    const work = async (manager: EntityManager): Promise<Step | null> => {
      const row = await manager.findOne(OrderEntity, {
        where: { siteId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return null;
      const before = toOrder(row);
      const now = this.clock.now().getTime();
      // What is put back must not come beside one like it: at most one waits.
      const waits = queue && (await hasOneLikeIt(manager, row));
      const after = events.reduce(
        (order, event) => next(order, event.event === 'left' ? { ...event, waits } : event, now),
        before,
      );
      await this.save(manager, { before, after });
      return { before, after };
    };
    return queue ? this.lock.hold(siteId, work) : this.database.transaction(work);
  }

  /**
   * Writes down what next() has made of an order, in `instance` where it was given. What is sealed goes when it is
   * over.
   */
  async save(manager: EntityManager, { before, after }: Step, instance: string | null = null): Promise<void> {
    if (before === after) return;
    const { siteId, id, state, reason, session, lentUntil, lentAt, open, endedAt } = after;
    await manager.update(
      OrderEntity,
      { siteId, id },
      {
        state,
        reason,
        session,
        open: [...open],
        lentAt: lentAt.map((at) => new Date(at)),
        lentUntil: dateOf(lentUntil),
        endedAt: dateOf(endedAt),
        ...(instance !== null && { instance }),
        ...(endedAt !== null && { sealedGrant: null, sealedTokens: null }),
      },
    );
  }

  /** Notes what goes out, unless the lease has ended or was given anew meanwhile; the order as it is asked then. */
  async noteSent(order: Order, { tasks, detail = {} }: Prepared): Promise<Order | null> {
    const set = {
      tasks: tasks.flatMap((index) => order.tasks[index] ?? []),
      open: tasks.flatMap((index, place) => (order.open.includes(index) ? [place] : [])),
      detail: { ...order.detail, ...detail },
    };
    const { siteId, id, session, lentUntil } = order;
    const giving = { state: 'lent', session: session ?? '', lentUntil: new Date(lentUntil ?? 0) } as const;
    const { affected } = await this.database
      .getRepository(OrderEntity)
      .update({ siteId, id, ...giving }, set as never);
    return affected ? { ...order, ...set } : null;
  }

  /** The order of that id, if this agent holds it now. */
  async heldBy(siteId: string, agentId: string, id: string): Promise<Order | null> {
    const row = await this.database
      .getRepository(OrderEntity)
      .findOneBy({ siteId, id, agentId, state: 'lent' });
    return row?.lentUntil && row.lentUntil > this.clock.now() ? toOrder(row) : null;
  }

  /** Keeps what the agent has handed in until the result says whose it is. */
  async keepTokens({ siteId, id }: Order, tokens: Tokens): Promise<void> {
    const sealedTokens = this.sealer.seal(JSON.stringify(tokens), tokensPlace({ siteId, id }));
    await this.database.getRepository(OrderEntity).update({ siteId, id, state: 'lent' }, { sealedTokens });
  }

  /** What the agent has handed in; null without it, and when it cannot be opened any more. */
  async tokensOf({ siteId, id }: Order): Promise<Tokens | null> {
    const row = await this.database.getRepository(OrderEntity).findOneBy({ siteId, id });
    const opened = row?.sealedTokens ? this.sealer.open(row.sealedTokens, tokensPlace({ siteId, id })) : null;
    return opened === null ? null : (JSON.parse(opened) as Tokens);
  }

  /** The orders of these runs to an agent, whatever has become of them. */
  async ofRuns(siteId: string, agentId: string, runIds: readonly string[]): Promise<Order[]> {
    const where = { siteId, agentId, runId: In([...runIds]) };
    return (await this.database.getRepository(OrderEntity).findBy(where)).map(toOrder);
  }

  /** What waits or is given of a site, and is not over. */
  async open(siteId: string): Promise<Order[]> {
    const rows = await this.database
      .getRepository(OrderEntity)
      .createQueryBuilder('entry')
      .where('entry.siteId = :siteId and entry.endedAt is null', { siteId })
      .getMany();
    return rows.map(toOrder);
  }

  /** The sites with orders that are not over. */
  async sites(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(SITES);
    return rows.map(({ id }) => id);
  }

  /** The same, but for those that another instance is at in this moment; looked for in passing. */
  async freeSites(): Promise<string[]> {
    const rows = await this.notices.look<{ id: string }>(`${SITES} for no key update skip locked`);
    return (rows ?? []).map(({ id }) => id);
  }
}

/** Whether one like it waits. Of what needs no credential any number may. */
async function hasOneLikeIt(manager: EntityManager, row: OrderEntity): Promise<boolean> {
  const { siteId, id, purpose, serverId, userName } = row;
  if (userName === null) return false;
  return manager.existsBy(OrderEntity, {
    siteId,
    id: Not(id),
    purpose,
    serverId,
    userName,
    state: 'waiting',
  });
}

const SITES =
  'select id from sites s where exists (select from orders o where o.site_id = s.id and o.ended_at is null)';

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

const tokensPlace = ({ siteId, id }: { siteId: string; id: string }) => ({
  purpose: 'order-tokens',
  siteId,
  key: id,
});

/** An order as it stands in its row; times become milliseconds. */
export function toOrder({ giveUpAt, lentAt, lentUntil, endedAt, ...row }: OrderEntity): Order {
  return {
    ...row,
    giveUpAt: giveUpAt.getTime(),
    lentAt: lentAt.map((at) => at.getTime()),
    lentUntil: lentUntil?.getTime() ?? null,
    endedAt: endedAt?.getTime() ?? null,
  };
}
