import type { Sealer } from '../../trust/secrets/sealer.ts';
import type { OrderEntity } from './order.entity.ts';
import type { NewOrder, Order } from './order-handler.ts';

/** The row of an order that begins to wait. What it lends is sealed for this row and no other. */
export function toRow({ grant, ...wanted }: NewOrder, id: string, sealer: Sealer, now: Date): OrderEntity {
  return {
    ...wanted,
    id,
    uses: { ...wanted.uses },
    tasks: [...wanted.tasks],
    open: wanted.tasks.map((_, place) => place),
    giveUpAt: new Date(wanted.giveUpAt),
    sealedGrant: grant === undefined ? null : sealer.seal(grant, grantPlace({ siteId: wanted.siteId, id })),
    sealedTokens: null,
    state: 'waiting',
    reason: null,
    askedAt: now,
    lentAt: [],
    lentUntil: null,
    instance: null,
    session: null,
    endedAt: null,
  };
}

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

/** Where what an order lends is sealed. */
export const grantPlace = ({ siteId, id }: Pick<Order, 'siteId' | 'id'>) => ({
  purpose: 'order-grant',
  siteId,
  key: id,
});
