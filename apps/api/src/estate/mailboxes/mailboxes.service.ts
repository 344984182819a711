import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, type FindOptionsWhere, IsNull, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { SITE_CHANGED } from '../sites/site-events.ts';
import { SitesService } from '../sites/sites.service.ts';
import { MailboxEntity } from './mailbox.entity.ts';
import { ALWAYS, type Condition } from '../../platform/http/version.ts';
import { type Mailbox, MAILBOX_FIELDS, type MailboxChange, type MailboxCreation } from './mailbox.ts';
import { mailboxSlug } from './slug.ts';
import { mailboxTaken, tooManyMailboxes } from '../refusals.ts';

/** So that all mailboxes of one shared account fit into one order to an agent. */
const MOST_MAILBOXES = 40;
const Place = z.tuple([z.uuid()]);

/** The mailboxes of a site. A retired one is not found any more; only its history knows it. */
@Injectable()
export class MailboxesService {
  constructor(
    @InjectRepository(MailboxEntity) private readonly mailboxes: Repository<MailboxEntity>,
    private readonly sites: SitesService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async create(siteId: string, wanted: MailboxCreation): Promise<Mailbox> {
    await this.sites.get(siteId);
    const created = await this.mailboxes.manager.transaction(async (manager) => {
      // Names and number depend on what is there: one at a time for each site.
      await manager.query('select from sites where id = $1 for update', [siteId]);
      const others = await all(manager, siteId);
      refuseAnother(others, wanted.address);
      const row = {
        ...wanted,
        userName: wanted.userName ?? wanted.address,
        siteId,
        id: uuid(),
        name: mailboxSlug(wanted.address, new Set(others.map(({ name }) => name))),
        createdAt: this.clock.now(),
        retiredAt: null,
      };
      await manager.insert(MailboxEntity, row);
      return toMailbox(row);
    });
    void this.events.tell(SITE_CHANGED, siteId);
    return created;
  }

  /** Oldest first. */
  async list(siteId: string, { limit, cursor }: PageQuery): Promise<Page<Mailbox>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    await this.sites.get(siteId);
    const rows = await this.mailboxes
      .createQueryBuilder('mailbox')
      .where('mailbox.siteId = :siteId and mailbox.retiredAt is null', { siteId })
      .andWhere('(cast(:after as uuid) is null or mailbox.id > :after)', { after })
      .orderBy('mailbox.id')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, (row) => [row.id], toMailbox);
  }

  /** Every mailbox that is not retired, oldest first. */
  async all(siteId: string): Promise<Mailbox[]> {
    return (await all(this.mailboxes.manager, siteId)).map(toMailbox);
  }

  /** Throws not-found. */
  async get(siteId: string, id: string): Promise<Mailbox> {
    const row = await this.mailboxes.findOneBy({ siteId, id, retiredAt: IsNull() });
    if (!row) throw notFound('Mailbox', id);
    return toMailbox(row);
  }

  /** Throws not-found, and precondition-failed where the condition does not hold of the mailbox as it is. */
  async change(
    siteId: string,
    id: string,
    change: MailboxChange,
    condition: Condition = ALWAYS,
  ): Promise<Mailbox> {
    // Only what was sent: an absent field stays as it is.
    const set: Partial<MailboxEntity> = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    await this.mailboxes.manager.transaction(async (manager) => {
      const where = { siteId, id, retiredAt: IsNull() };
      condition(await locked(manager, where, id), MAILBOX_FIELDS);
      if (Object.keys(set).length > 0) await manager.update(MailboxEntity, where, set);
    });
    if (Object.keys(set).length > 0) void this.events.tell(SITE_CHANGED, siteId);
    return this.get(siteId, id);
  }

  /**
   * It is signed in to no more, its rows disappear, its history stays. Throws not-found, and precondition-failed.
   */
  async retire(siteId: string, id: string, condition: Condition = ALWAYS): Promise<void> {
    await this.mailboxes.manager.transaction(async (manager) => {
      const where = { siteId, id, retiredAt: IsNull() };
      condition(await locked(manager, where, id), MAILBOX_FIELDS);
      await manager.update(MailboxEntity, where, { retiredAt: this.clock.now() });
    });
    void this.events.tell(SITE_CHANGED, siteId);
  }
}

/** Whoever changes the same mailbox waits until the transaction ends. Throws not-found. */
async function locked(
  manager: EntityManager,
  where: FindOptionsWhere<MailboxEntity>,
  id: string,
): Promise<MailboxEntity> {
  const row = await manager.findOne(MailboxEntity, { where, lock: { mode: 'pessimistic_write' } });
  if (!row) throw notFound('Mailbox', id);
  return row;
}

const all = (manager: EntityManager, siteId: string): Promise<MailboxEntity[]> =>
  manager.find(MailboxEntity, { where: { siteId, retiredAt: IsNull() }, order: { id: 'ASC' } });

function refuseAnother(others: readonly MailboxEntity[], address: string): void {
  if (others.some((other) => other.address === address))
    throw new MailpathError('conflict', mailboxTaken({ address }));
  if (others.length >= MOST_MAILBOXES)
    throw new MailpathError('conflict', tooManyMailboxes({ most: MOST_MAILBOXES }));
}

function toMailbox(row: MailboxEntity): Mailbox {
  return {
    id: row.id,
    siteId: row.siteId,
    name: row.name,
    address: row.address,
    userName: row.userName,
    licence: row.licence,
    imapEnabled: row.imapEnabled,
    popEnabled: row.popEnabled,
    smtpAuthEnabled: row.smtpAuthEnabled,
    roundTrip: row.roundTrip,
    createdAt: row.createdAt.toISOString(),
  };
}
