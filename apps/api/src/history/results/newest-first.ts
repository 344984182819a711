import type { DataSource, EntityManager } from 'typeorm';
import { userSlug } from '../../estate/mailboxes/slug.ts';
import { columnsOf, selected } from '../../platform/database/entity-columns.ts';
import type { PackedResults, PackedWanted } from '../packs/packed-results.service.ts';
import { fromPacked } from './packed-rows.ts';
import { ResultEntity } from './result.entity.ts';
import type { ResultFilter } from './results.query.ts';

/** Where a page goes on: after this result, in the order newest observation first. */
export interface ResultPosition {
  observedAt: string;
  id: string;
}

interface Tables {
  database: DataSource;
  packs: PackedResults;
}

/** At most `limit` results, the newest observation first: of those that lie in rows and of those in packs. */
export async function newestFirst(
  { database, packs }: Tables,
  manager: EntityManager,
  siteId: string,
  filter: ResultFilter,
  limit: number,
  after: ResultPosition | undefined,
): Promise<ResultEntity[]> {
  const wanted = await wantedOf(manager, siteId, filter, after);
  let found: ResultEntity[] = await manager.query(
    `select ${selected(columnsOf(database, ResultEntity), 'r')} from results r
     where r.site_id = $1
       and ($2::uuid[] is null or r.server_id = any($2))
       and ($3::text[] is null or r.check_id = any($3))
       and ($4::text[] is null or r.target_name = any($4))
       and ($5::text[] is null or r.target_name = any($5))
       and ($6::text[] is null or r.outcome = any($6))
       and ($7::uuid is null or r.run_id = $7)
       and ($8::timestamptz is null or r.observed_at >= $8)
       and ($9::timestamptz is null or r.observed_at < $9)
       and ($10::timestamptz is null or (r.observed_at, r.id) < ($10, $11::uuid))
     order by r.observed_at desc, r.id desc limit $12`,
    [
      siteId,
      wanted.servers,
      wanted.checks,
      wanted.targets[0] ?? null,
      wanted.targets[1] ?? null,
      wanted.outcomes,
      wanted.runId,
      filter.from,
      filter.to,
      after?.observedAt,
      after?.id,
      limit,
    ],
  );
  for await (const { serverId, results, before } of packs.latestFirst(manager, siteId, wanted)) {
    const rows = results()
      .filter((result) => !after || comesAfter(result, after))
      .map((result) => fromPacked(siteId, { serverId, result }));
    found = [...found, ...rows].sort(byNewest).slice(0, limit);
    const last = found[limit - 1];
    if (last && last.observedAt.getTime() >= before) break;
  }
  return found;
}

/** Names become ids and targets, since a pack knows no others. */
async function wantedOf(
  manager: EntityManager,
  siteId: string,
  filter: ResultFilter,
  after: ResultPosition | undefined,
): Promise<PackedWanted> {
  const [{ servers, mailboxes }]: [{ servers: string[]; mailboxes: string[] }] = await manager.query(
    `select
       array(select s.id from servers s where s.site_id = $1 and s.name = any($2)) as servers,
       array(select m.name from mailboxes m where m.site_id = $1 and m.address = any($3)) as mailboxes`,
    [siteId, filter.server ?? [], filter.mailbox ?? []],
  );
  const named = filter.server ? servers : null;
  const own = filter.serverId ? [filter.serverId] : null;
  const until = [filter.to, after && justAfter(after.observedAt)].flatMap((moment) =>
    moment === undefined ? [] : Date.parse(moment),
  );
  return {
    servers: named && own ? own.filter((id) => named.includes(id)) : (named ?? own),
    checks: filter.check ?? null,
    targets: [
      ...(filter.target ? [filter.target] : []),
      ...(filter.mailbox ? [[...filter.mailbox.map(userSlug), ...mailboxes]] : []),
    ],
    outcomes: filter.outcome ?? null,
    runId: filter.runId ?? null,
    from: filter.from === undefined ? null : Date.parse(filter.from),
    to: until.length === 0 ? null : Math.min(...until),
  };
}

/** The last of a page is not the last of its moment. */
const justAfter = (moment: string): string => new Date(Date.parse(moment) + 1).toISOString();

const comesAfter = (
  { observedAt, id }: { observedAt: number; id: string },
  after: ResultPosition,
): boolean => {
  const at = Date.parse(after.observedAt);
  return observedAt < at || (observedAt === at && id < after.id);
};

const byNewest = (a: ResultEntity, b: ResultEntity): number =>
  b.observedAt.getTime() - a.observedAt.getTime() || (a.id < b.id ? 1 : -1);
