import type { DataSource, EntityManager } from 'typeorm';
import { cellKey } from '../../fleet/tasks/cell.ts';
import { columnsOf, selected } from '../../platform/database/entity-columns.ts';
import { newestOfEach } from '../packs/choose.ts';
import type { PackedResults } from '../packs/packed-results.service.ts';
import { fromPacked } from './packed-rows.ts';
import { ResultEntity } from './result.entity.ts';

const cellOf = ({
  serverId,
  checkId,
  targetName,
}: Pick<ResultEntity, 'serverId' | 'checkId' | 'targetName'>): string =>
  cellKey({ serverId, check: checkId, target: targetName });

/**
 * The newest result of each server for each check and target that was observed by `at`, and no longer than `lookBackMs`
 * before it.
 */
export async function newestAt(
  { database, packs }: { database: DataSource; packs: PackedResults },
  manager: EntityManager,
  siteId: string,
  at: Date,
  lookBackMs: number,
): Promise<ResultEntity[]> {
  const from = at.getTime() - lookBackMs;
  const rows: ResultEntity[] = await manager.query(
    `select distinct on (r.server_id, r.check_id, r.target_name) ${selected(columnsOf(database, ResultEntity), 'r')}
     from results r where r.site_id = $1 and r.observed_at <= $2 and r.observed_at >= $3
     order by r.server_id, r.check_id, r.target_name, r.observed_at desc, r.sequence desc`,
    [siteId, at, new Date(from)],
  );
  const newest = new Map(rows.map((row) => [cellOf(row), row]));
  const wanted = {
    servers: null,
    checks: null,
    targets: [],
    outcomes: null,
    runId: null,
    from,
    to: at.getTime() + 1,
  };
  for await (const hour of packs.toldByHour(manager, siteId, wanted)) {
    const some = hour.filter(({ serverId, checks, targets, before }) =>
      checks.some((checkId, n) => {
        const known = newest.get(cellOf({ serverId, checkId, targetName: targets[n] ?? '' }));
        return !known || known.observedAt.getTime() < before;
      }),
    );
    for await (const own of packs.read(manager, siteId, some, wanted, newestOfEach))
      for (const result of own) {
        const row = fromPacked(siteId, result);
        const known = newest.get(cellOf(row));
        if (!known || isNewer(row, known)) newest.set(cellOf(row), row);
      }
  }
  return [...newest.values()];
}

const isNewer = (a: ResultEntity, b: ResultEntity): boolean =>
  a.observedAt.getTime() - b.observedAt.getTime() > 0 ||
  (a.observedAt.getTime() === b.observedAt.getTime() && Number(a.sequence) > Number(b.sequence));
