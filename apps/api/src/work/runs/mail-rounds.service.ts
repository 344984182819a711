import { Injectable } from '@nestjs/common';
import { MailboxesService } from '../../estate/mailboxes/mailboxes.service.ts';
import type { Site } from '../../estate/sites/site.ts';
import { byUser, type UserMailboxes } from '../../fleet/tasks/mail-tasks.ts';
import { Clock } from '../../platform/clock.ts';
import { CredentialsService } from '../../trust/credentials/credentials.service.ts';
import { HoldsService } from '../../trust/holds/holds.service.ts';
import { OrderQueue } from '../orders/order-queue.service.ts';
import { queueMs } from './mailbox-order.ts';
import { type AskedServer, plan, type Plan, type PlannedOrder } from './plan.ts';

/** Signing in to the mailboxes of a site: who is asked what, and how long it may take. */
@Injectable()
export class MailRounds {
  constructor(
    private readonly clock: Clock,
    private readonly mailboxes: MailboxesService,
    private readonly credentials: CredentialsService,
    private readonly holds: HoldsService,
    private readonly queue: OrderQueue,
  ) {}

  /** The mailboxes of a site by who signs in to them. */
  async users(site: Site): Promise<UserMailboxes[]> {
    const [mailboxes, credentials] = await Promise.all([
      this.mailboxes.all(site.id),
      this.credentials.all(site.id),
    ]);
    return byUser(site, mailboxes, credentials);
  }

  /** What can be asked of these servers now, and what cannot. */
  async plan(site: Site, servers: readonly AskedServer[], checks?: readonly string[]): Promise<Plan> {
    const mailboxes = await this.mailboxes.all(site.id);
    if (mailboxes.length === 0) return { orders: [], withheld: new Map() };
    const [credentials, holds] = await Promise.all([
      this.credentials.all(site.id),
      this.holds.now(site.id, this.clock.now()),
    ]);
    const planned = plan({ site, servers, mailboxes, credentials, holds, checks });
    const missing = (['tenant', 'clientId'] as const).find((field) => site[field] === null);
    if (!missing || planned.orders.length === 0) return planned;
    for (const { serverId, userName } of planned.orders) {
      const reason = `The site has no ${missing}: set it with PATCH /v1/sites/${site.id}.`;
      planned.withheld.set(serverId, [
        ...(planned.withheld.get(serverId) ?? []),
        { userName, reason, until: null },
      ]);
    }
    return { orders: [], withheld: planned.withheld };
  }

  /** The longest that planned orders may take, those ahead of them in the queue included. */
  async queueMs(siteId: string, orders: readonly PlannedOrder[]): Promise<number> {
    const userNames = new Set(orders.map(({ userName }) => userName));
    const agentIds = new Set(orders.map(({ agentId }) => agentId));
    return queueMs(orders) + (await this.queue.aheadMs(siteId, userNames, agentIds));
  }
}
