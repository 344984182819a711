import type { DataSource, EntityManager } from 'typeorm';
import { userSlug } from '../../estate/mailboxes/slug.ts';
import { columnsOf, selected } from '../../platform/database/entity-columns.ts';
import { newestAfter } from '../packs/choose.ts';
import type { PackedResults } from '../packs/packed-results.service.ts';
import type { PackedWanted } from '../packs/wanted.ts';
import { fromPacked } from './packed-rows.ts';
import { ResultEntity } from './result.entity.ts';
import type { ResultFilter } from './results.query.ts';

/** Where a page goes on: after this result, in the order newest observation first. */
export interface ResultPosition {
  observedAt: string;
  id: string;
}

/** Packs that are unpacked first; then twice as many each time. */
const FIRST_UNPACKED = 1;

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
  const choose = newestAfter(limit, after && { observedAt: Date.parse(after.observedAt), id: after.id });
  for await (const hour of packs.byHour(manager, siteId, wanted)) {
    const begin = hour[0]?.hour.getTime() ?? Infinity;
    const left = hour.toSorted((a, b) => b.before - a.before);
    // Of hundreds of servers only those are unpacked that have some of the newest: a few first, and then a few more.
    for (let size = FIRST_UNPACKED; left.length > 0; size *= 2) {
      const oldest = found[limit - 1]?.observedAt.getTime() ?? -Infinity;
      const some = left.splice(0, size).filter(({ before }) => before > oldest);
      for await (const own of packs.read(manager, siteId, some, wanted, choose))
        found.push(...own.map((result) => fromPacked(siteId, result)));
      found = found.sort(byNewest).slice(0, limit);
      if (some.length < size) break;
    }
    // All that is packed in an earlier hour is older.
    if ((found[limit - 1]?.observedAt.getTime() ?? -Infinity) >= begin) break;
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
       array(select s.id from servers s where s.site_id = $1 and lower(s.name) = any(array(select lower(n) from unnest($2::text[]) n))) as servers,
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

const byNewest = (a: ResultEntity, b: ResultEntity): number =>
  b.observedAt.getTime() - a.observedAt.getTime() || (a.id < b.id ? 1 : -1);
