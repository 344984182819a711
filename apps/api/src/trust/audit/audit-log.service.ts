import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { decodeCursor, type Page, toPage } from '../../platform/page.ts';
import type { AuditEntry, AuditQuery } from './audit-entry.ts';
import { AuditEntryEntity } from './audit-entry.entity.ts';

const Place = z.tuple([z.uuid()]);

/** What is told of a thing that was done. */
export type Done = Pick<AuditEntryEntity, 'action'> & Partial<Omit<AuditEntryEntity, 'id' | 'at' | 'action'>>;

/** Who did what, and what was refused. Entries are written once; the database refuses to change them. */
@Injectable()
export class AuditLog {
  constructor(
    @InjectRepository(AuditEntryEntity) private readonly entries: Repository<AuditEntryEntity>,
    private readonly clock: Clock,
  ) {}

  /** With a transaction's manager the entry is there exactly when what it tells of is. */
  async record(done: Done, manager: EntityManager = this.entries.manager): Promise<void> {
    await manager.insert(AuditEntryEntity, {
      actorKind: 'anyone',
      actorId: null,
      actorName: null,
      address: null,
      outcome: 'done',
      status: null,
      siteId: null,
      subject: {},
      ...done,
      id: uuid(),
      at: this.clock.now(),
    });
  }

  /** Newest first. */
  async list({ limit, cursor, ...wanted }: AuditQuery): Promise<Page<AuditEntry>> {
    const [before] = decodeCursor(cursor, Place) ?? [null];
    const query = this.entries
      .createQueryBuilder('e')
      .orderBy('e.id', 'DESC')
      .limit(limit + 1);
    const conditions: [unknown, string][] = [
      [before, 'e.id < :before'],
      [wanted.siteId, 'e.about_site = :siteId'],
      [wanted.actorId, 'e.actor_id = :actorId'],
      [wanted.action, 'e.action = :action'],
      [wanted.outcome, 'e.outcome = :outcome'],
      [wanted.from, 'e.at >= :from'],
      [wanted.to, 'e.at < :to'],
    ];
    for (const [value, condition] of conditions) if (value != null) query.andWhere(condition);
    query.setParameters({ before, ...wanted });
    return toPage(await query.getMany(), limit, (row) => [row.id], toEntry);
  }
}

const toEntry = ({ at, ...row }: AuditEntryEntity): AuditEntry => ({ ...row, at: at.toISOString() });
