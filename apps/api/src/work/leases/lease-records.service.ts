import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Lease, Role } from '@mailpath/protocol';
import { LessThan, MoreThan, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Clock } from '../../platform/clock.ts';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../platform/page.ts';
import { lentTo } from '../../trust/lending/lent.ts';
import type { Order } from '../orders/order-handler.ts';
import { LeaseRecordEntity } from './lease-record.entity.ts';
import type { LeaseRecord } from './lease-record.ts';

/** Twice what the shortest interval of mailbox checks (60 s) needs for one user at one server. */
export const MOST_AN_HOUR = 120;
const HOUR_MS = 3_600_000;

const Place = z.tuple([z.uuid()]);

/** The book of what was lent: written before a lease leaves, and what bounds how often one does. */
@Injectable()
export class LeaseRecords {
  readonly #logger = new Logger('Leases');

  constructor(
    @InjectRepository(LeaseRecordEntity) private readonly records: Repository<LeaseRecordEntity>,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(siteId: string, { limit, cursor }: PageQuery): Promise<Page<LeaseRecord>> {
    const [before] = decodeCursor(cursor, Place) ?? [null];
    await this.sites.get(siteId);
    const rows = await this.records.find({
      where: { siteId, ...(before !== null && { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return toPage(rows, limit, (row) => [row.id], toRecord);
  }

  /** Notes a lease that is about to leave; false when this agent was lent too often for this user. */
  async note(order: Order, lease: Lease, roles: readonly Role[]): Promise<boolean> {
    const lent = (lentTo(roles, lease.grant.kind) ?? []).flatMap((each) => {
      if (each !== 'client-secret') return each;
      if (lease.clientAssertion !== null) return 'client-assertion';
      return lease.clientSecret === null ? [] : each;
    });
    // A device code alone opens nothing.
    if (lent.length === 0) return true;
    const { siteId, serverId, agentId, id: orderId } = order;
    const { userName } = lease;
    const lentAt = this.clock.now();
    const since = MoreThan(new Date(lentAt.getTime() - HOUR_MS));
    const count = await this.records.countBy({ siteId, agentId, userName, lentAt: since });
    if (count >= MOST_AN_HOUR) {
      this.#logger.warn({ event: 'lent-too-often', siteId, serverId, agentId, count });
      return false;
    }
    const expiresAt = new Date(lease.expiresAt);
    const row = { siteId, id: uuid(), orderId, serverId, agentId, userName, lent, lentAt, expiresAt };
    await this.records.insert(row);
    return true;
  }
}

const toRecord = (row: LeaseRecordEntity): LeaseRecord => ({
  id: row.id,
  orderId: row.orderId,
  serverId: row.serverId,
  agentId: row.agentId,
  userName: row.userName,
  lent: row.lent,
  lentAt: row.lentAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
