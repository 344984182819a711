import type { DatabaseSession } from './database-session.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Makes the partitions of the week of `now` and of the two after it, so that no batch of results has to. */
export async function prepare(session: DatabaseSession, now: Date): Promise<void> {
  for (const weeks of [0, 1, 2])
    await session.query('select ensure_results_partition($1)', [new Date(now.getTime() + weeks * WEEK_MS)]);
}

interface Partition {
  name: string;
  /** `pending` where taking it out was begun and not finished, `out` where it only has to be dropped. */
  state: 'attached' | 'pending' | 'out';
}

const PARTITIONS = `
  select c.relname as name, case when i.inhrelid is null then 'out' when i.inhdetachpending then 'pending' else 'attached' end as state
  from pg_class c left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = 'results'::regclass
  where c.relkind = 'r' and c.relnamespace = (select relnamespace from pg_class where oid = 'results'::regclass)
    and c.relname ~ '^results_[0-9]{8}$' order by c.relname`;

/**
 * Drops the weeks that ended before `keptFrom`. Taking a partition out concurrently waits for those who read it and
 * holds up nobody; what was begun and not finished, because it had to wait for too long, is finished the next time.
 */
export async function dropBefore(session: DatabaseSession, keptFrom: Date): Promise<string[]> {
  const partitions: Partition[] = await session.query(PARTITIONS);
  const dropped: string[] = [];
  for (const { name, state } of partitions) {
    if (beginOf(name) + WEEK_MS > keptFrom.getTime()) continue;
    if (state === 'attached')
      await session.query(`alter table results detach partition ${name} concurrently`);
    if (state === 'pending') await session.query(`alter table results detach partition ${name} finalize`);
    await session.query(`drop table ${name}`);
    dropped.push(name);
  }
  return dropped;
}

/** When the oldest week begins that can be read; null without any. */
export async function oldestBegin(session: DatabaseSession): Promise<Date | null> {
  const partitions: Partition[] = await session.query(PARTITIONS);
  const oldest = partitions.find(({ state }) => state === 'attached');
  return oldest ? new Date(beginOf(oldest.name)) : null;
}

const beginOf = (name: string): number => {
  const [, year, month, day] = /^results_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
};
