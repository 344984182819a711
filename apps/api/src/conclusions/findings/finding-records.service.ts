import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Change, KnownFinding } from './finding-life.ts';
import { FindingOpeningEntity } from './finding-opening.entity.ts';
import { FindingEntity } from './finding.entity.ts';

interface Changes {
  now: Date;
  changes: readonly Change[];
}

/** Stores what becomes of findings. */
@Injectable()
export class FindingRecords {
  constructor(private readonly database: DataSource) {}

  /**
   * Applies what `decide` makes of what is stored: everything that is not closed, and what has one of the keys it asks
   * for. One decision at a time per site, over all instances.
   */
  change(
    siteId: string,
    decide: (known: (keys: readonly string[]) => Promise<KnownFinding[]>) => Promise<Changes>,
  ): Promise<void> {
    return this.database.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('findings'), hashtext($1))`, [siteId]);
      const { now, changes } = await decide((keys) => knownOf(manager, siteId, keys));
      for (const change of changes) await apply(manager, siteId, change, now);
    });
  }
}

const knownOf = (manager: EntityManager, siteId: string, keys: readonly string[]): Promise<KnownFinding[]> =>
  manager
    .getRepository(FindingEntity)
    .createQueryBuilder('finding')
    .where('finding.siteId = :siteId', { siteId })
    .andWhere(`(finding.state <> 'closed' or finding.key = any(:keys))`, { keys })
    .getMany();

async function apply(manager: EntityManager, siteId: string, change: Change, now: Date): Promise<void> {
  switch (change.kind) {
    case 'opened': {
      const id = await keep(manager, siteId, change, now, { state: 'open', openedAt: now, closedAt: null });
      await manager.increment(FindingEntity, { siteId, id }, 'openings', 1);
      await manager.insert(FindingOpeningEntity, { siteId, findingId: id, openedAt: now, closedAt: null });
      return;
    }
    case 'suspected':
      await keep(manager, siteId, change, now, { state: 'pending' });
      return;
    case 'seen':
      await keep(manager, siteId, change, now, {});
      return;
    case 'narrowed':
      await manager.update(
        FindingEntity,
        { siteId, id: change.id },
        { finding: change.finding as never, seen: [...change.seen] },
      );
      return;
    case 'closed':
      await manager.update(FindingEntity, { siteId, id: change.id }, { state: 'closed', closedAt: now });
      await manager
        .createQueryBuilder()
        .update(FindingOpeningEntity)
        .set({ closedAt: now })
        .where('siteId = :siteId and findingId = :id and closedAt is null', { siteId, id: change.id })
        .execute();
      return;
    case 'forgotten':
      // One that has been open before is as closed as it was.
      await manager.delete(FindingEntity, { siteId, id: change.id, openings: 0 });
      await manager.update(FindingEntity, { siteId, id: change.id }, { state: 'closed' });
      return;
  }
}

type Kept = Extract<Change, { kind: 'opened' | 'suspected' | 'seen' }>;

/** Writes what was found to its row, a new one where there is none, and answers the row's id. */
async function keep(
  manager: EntityManager,
  siteId: string,
  { id: known, finding, seen }: Kept,
  now: Date,
  life: Partial<Pick<FindingEntity, 'state' | 'openedAt' | 'closedAt'>>,
): Promise<string> {
  const { key, rule, severity, confidence, owner, checklistItem } = finding;
  const columns = { key, rule, severity, confidence, owner, checklistItem, lastSeenAt: now, ...life };
  const row = { ...columns, finding: finding as never, seen: [...seen] };
  if (known !== null) {
    await manager.update(FindingEntity, { siteId, id: known }, row);
    return known;
  }
  const id = uuid();
  const fresh = { state: 'pending' as const, openedAt: null, closedAt: null, openings: 0, firstSeenAt: now };
  await manager.insert(FindingEntity, { ...fresh, ...row, siteId, id });
  return id;
}
