import type { EntityManager } from 'typeorm';
import { type Bucket, bucketOf, mergeBuckets, type Observation } from './bucket.ts';
import { cellOf, readCell, readPage, type RollUpPage, writePage } from './roll-up-page.ts';

export const DAY_MS = 86_400_000;

export type Width = 'hour' | 'day';

/** Hours lie in pages of a day, days in pages of a month; all of UTC. */
const TABLE = { hour: 'hour_roll_ups', day: 'day_roll_ups' } as const;
const pageStart = { hour: dayOf, day: monthOf } as const;

/** Whose time it was, and when it began. */
interface Place {
  siteId: string;
  serverId: string;
  hour: Date;
}

/** Puts an hour in place of what stood there: whatever was observed in it, of whatever check of the server. */
export async function storeHour(
  manager: EntityManager,
  { siteId, serverId, hour }: Place,
  observations: readonly Observation[],
): Promise<void> {
  const at = hour.getTime();
  const byCell = Map.groupBy(observations, ({ check, target }) => cellOf(check, target));
  const hours = await lockPage(manager, 'hour', siteId, serverId, at);
  for (const buckets of hours.values()) buckets.delete(at);
  for (const [cell, own] of byCell) bucketsOf(hours, cell).set(at, bucketOf(own));
  await storePage(manager, 'hour', siteId, serverId, at, hours);

  const days = await lockPage(manager, 'day', siteId, serverId, at);
  for (const [cell, buckets] of hours)
    if (buckets.size > 0) bucketsOf(days, cell).set(dayOf(at), mergeBuckets([...buckets.values()]));
  await storePage(manager, 'day', siteId, serverId, at, days);
}

/** What a check of a target came to on each of these servers, by when each hour or day begins. */
export async function readRollUps(
  manager: EntityManager,
  width: Width,
  siteId: string,
  asked: { servers: readonly string[]; check: string; target: string; from: number; to: number },
): Promise<Map<string, Map<number, Bucket>>> {
  const rows: { serverId: string; body: Buffer }[] = await manager.query(
    `select r.server_id as "serverId", r.body from ${TABLE[width]} r
     where r.site_id = $1 and r.server_id = any($2::uuid[]) and r.starts >= $3 and r.starts < $4 order by r.starts`,
    [siteId, asked.servers, new Date(pageStart[width](asked.from)), new Date(asked.to)],
  );
  const byServer = new Map<string, Map<number, Bucket>>();
  for (const { serverId, body } of rows) {
    const own = byServer.get(serverId) ?? new Map<number, Bucket>();
    byServer.set(serverId, own);
    for (const [at, bucket] of readCell(body, cellOf(asked.check, asked.target)))
      if (at >= asked.from && at < asked.to) own.set(at, bucket);
  }
  return byServer;
}

async function lockPage(
  manager: EntityManager,
  width: Width,
  siteId: string,
  serverId: string,
  at: number,
): Promise<RollUpPage> {
  const [row]: { body: Buffer }[] = await manager.query(
    `select r.body from ${TABLE[width]} r where r.site_id = $1 and r.server_id = $2 and r.starts = $3 for update`,
    [siteId, serverId, new Date(pageStart[width](at))],
  );
  return row ? readPage(row.body) : new Map<string, Map<number, Bucket>>();
}

async function storePage(
  manager: EntityManager,
  width: Width,
  siteId: string,
  serverId: string,
  at: number,
  page: RollUpPage,
): Promise<void> {
  await manager.query(
    `insert into ${TABLE[width]} (site_id, server_id, starts, body) values ($1, $2, $3, $4)
     on conflict (site_id, server_id, starts) do update set body = excluded.body`,
    [siteId, serverId, new Date(pageStart[width](at)), writePage(page)],
  );
}

function bucketsOf(page: RollUpPage, cell: string): Map<number, Bucket> {
  const known = page.get(cell) ?? new Map<number, Bucket>();
  page.set(cell, known);
  return known;
}

export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

function monthOf(ms: number): number {
  const at = new Date(ms);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth());
}
