import type { DatabaseSession } from './database-session.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Tables that are partitioned by weeks (Monday to Monday, UTC). */
export const WEEKLY = ['results', 'packs'] as const;
type Weekly = (typeof WEEKLY)[number];

/** Makes the partitions of the week of `now` and of the two after it, so that no batch of results has to. */
export async function prepare(session: DatabaseSession, now: Date): Promise<void> {
  for (const table of WEEKLY)
    for (const weeks of [0, 1, 2])
      await session.query('select ensure_weekly_partition($1, $2)', [
        table,
        new Date(now.getTime() + weeks * WEEK_MS),
      ]);
}

interface Partition {
  name: string;
  /** `pending` where taking it out was begun and not finished, `out` where it only has to be dropped. */
  state: 'attached' | 'pending' | 'out';
}

const partitionsOf = (session: DatabaseSession, table: Weekly): Promise<Partition[]> =>
  session.query(
    `select c.relname as name, case when i.inhrelid is null then 'out' when i.inhdetachpending then 'pending' else 'attached' end as state
     from pg_class c left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = $1::regclass
     where c.relkind = 'r' and c.relnamespace = (select relnamespace from pg_class where oid = $1::regclass)
       and c.relname ~ ('^' || $1 || '_[0-9]{8}$') order by c.relname`,
    [table],
  );

/**
 * Drops the weeks that ended before `keptFrom`. Taking a partition out concurrently waits for those who read it and
 * holds up nobody; what was begun and not finished, because it had to wait for too long, is finished the next time.
 */
export async function dropBefore(session: DatabaseSession, keptFrom: Date): Promise<string[]> {
  const dropped: string[] = [];
  for (const table of WEEKLY)
    for (const { name, state } of await partitionsOf(session, table)) {
      if (beginOf(name) + WEEK_MS > keptFrom.getTime()) continue;
      if (state === 'attached')
        await session.query(`alter table ${table} detach partition ${name} concurrently`);
      if (state === 'pending') await session.query(`alter table ${table} detach partition ${name} finalize`);
      await session.query(`drop table ${name}`);
      dropped.push(name);
    }
  return dropped;
}

/** As long as somebody may have to wait behind it. */
const LOCK_MS = 200;
/** Postgres' code for a lock that could not be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Gives the room of past weeks back of which all results are packed. Who reads or stores meanwhile is not held up: what
 * cannot be had at once is left to the next time.
 */
export async function giveBackEmpty(session: DatabaseSession, now: Date): Promise<string[]> {
  const emptied: string[] = [];
  for (const { name, state } of await partitionsOf(session, 'results')) {
    if (state !== 'attached' || beginOf(name) + WEEK_MS > now.getTime()) continue;
    if (await emptyIfPacked(session, name)) emptied.push(name);
  }
  return emptied;
}

async function emptyIfPacked(session: DatabaseSession, name: string): Promise<boolean> {
  const [size]: { bytes: string; rows: boolean }[] = await session.query(
    `select pg_total_relation_size($1::regclass) as bytes, exists(select from ${name}) as rows`,
    [name],
  );
  if (!size || size.rows || Number(size.bytes) <= EMPTY_BYTES) return false;
  await session.query('begin');
  try {
    await session.query(`set local lock_timeout = ${LOCK_MS}`);
    await session.query(`lock table ${name} in access exclusive mode`);
    const [row]: { rows: boolean }[] = await session.query(`select exists(select from ${name}) as rows`);
    if (!row?.rows) await session.query(`truncate ${name}`);
    await session.query('commit');
    return row?.rows === false;
  } catch (error) {
    await session.query('rollback');
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    return false;
  }
}

/** What the indexes of a table take that has never had a row: a page for each, and one for what is stored apart. */
const EMPTY_BYTES = 16 * 8_192;

/** When the oldest week begins that can be read; null without any. */
export async function oldestBegin(session: DatabaseSession): Promise<Date | null> {
  const begins: number[] = [];
  for (const table of WEEKLY) {
    const partitions = await partitionsOf(session, table);
    const oldest = partitions.find(({ state }) => state === 'attached');
    if (oldest) begins.push(beginOf(oldest.name));
  }
  return begins.length === 0 ? null : new Date(Math.min(...begins));
}

const beginOf = (name: string): number => {
  const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
};
