import type { RetentionDays } from '../../history/retention/retention.ts';
import { BATCH_ROWS, type DatabaseSession, inBatches } from './database-session.ts';
import { dropBefore, oldestBegin } from './partitions.ts';

const DAY_MS = 86_400_000;

/** Moments before which things go: what has ended is of no use a day later, history is kept for as long as is set. */
interface Limits {
  ended: Date;
  kept: Date;
  hours: Date;
  days: Date;
}

/** What goes of a table; `$1` is the moment. In this order: what points to something goes before it. */
const GOES: readonly { table: string; before: keyof Limits; where: string }[] = [
  { table: 'enrolment_codes', before: 'ended', where: 'least(used_at, expires_at) < $1' },
  { table: 'site_enrolment_codes', before: 'ended', where: 'expires_at < $1' },
  { table: 'sessions', before: 'ended', where: 'expires_at < $1' },
  { table: 'sign_in_links', before: 'ended', where: 'expires_at < $1' },
  { table: 'openid_starts', before: 'ended', where: 'expires_at < $1' },
  { table: 'idempotency_keys', before: 'ended', where: 'created_at < $1' },
  { table: 'credential_holds', before: 'ended', where: 'until < $1' },
  { table: 'mailbox_holds', before: 'ended', where: 'until < $1' },
  { table: 'orders', before: 'ended', where: 'give_up_at < $1 and coalesce(lent_until, give_up_at) < $1' },
  { table: 'agent_sessions', before: 'ended', where: 'seen_at < $1' },
  { table: 'application_tokens', before: 'ended', where: 'expires_at < $1' },
  { table: 'lease_records', before: 'kept', where: 'lent_at < $1' },
  { table: 'sign_ins', before: 'kept', where: 'expires_at < $1' },
  {
    table: 'run_servers',
    before: 'kept',
    where:
      'exists (select from runs r where r.site_id = run_servers.site_id and r.id = run_servers.run_id and r.deadline_at < $1)',
  },
  {
    table: 'runs',
    before: 'kept',
    where:
      'deadline_at < $1 and not exists (select from run_servers s where s.site_id = runs.site_id and s.run_id = runs.id)',
  },
  { table: 'finding_openings', before: 'kept', where: 'closed_at < $1' },
  { table: 'latest', before: 'kept', where: 'received_at < $1' },
  { table: 'result_places', before: 'kept', where: 'hour < $1' },
  // A page is a day, or a month, and goes when all of it is old enough.
  { table: 'hour_roll_ups', before: 'hours', where: `starts < $1::timestamptz - interval '1 day'` },
  { table: 'day_roll_ups', before: 'days', where: `starts < $1::timestamptz - interval '31 days'` },
];

/** What was deleted: rows by table, and the partitions of results. */
export interface Deleted {
  rows: Record<string, number>;
  partitions: string[];
}

/** Deletes what has been kept for long enough, a few rows at a time; `more` is asked before each part. */
export async function deleteOld(
  session: DatabaseSession,
  now: Date,
  retention: RetentionDays,
  more: () => boolean,
): Promise<Deleted> {
  const limits = {
    ended: new Date(now.getTime() - DAY_MS),
    kept: new Date(now.getTime() - retention.resultsDays * DAY_MS),
    hours: new Date(now.getTime() - retention.hourRollUpsDays * DAY_MS),
    days: new Date(now.getTime() - retention.dayRollUpsDays * DAY_MS),
  };
  const rows: Record<string, number> = {};
  for (const { table, before, where } of GOES)
    rows[table] = await deleteWhere(session, table, where, limits[before], more);
  rows['agent_boots'] = await foldBoots(session, limits.kept, more);
  const partitions = more() ? await dropBefore(session, limits.kept) : [];
  // Whatever a result that can still be read points to was seen no earlier than the oldest of them was observed.
  const oldest = (await oldestBegin(session)) ?? limits.kept;
  const unseen = new Date(Math.min(oldest.getTime(), limits.kept.getTime()) - 2 * DAY_MS);
  rows['evidence'] = await deleteWhere(session, 'evidence', 'seen_on < $1::date', unseen, more);
  return { rows, partitions };
}

function deleteWhere(
  session: DatabaseSession,
  table: string,
  where: string,
  before: Date,
  more: () => boolean,
): Promise<number> {
  return inBatches(more, async () => {
    // Asked twice: a row that is changed in between is looked at again, and stays if it is needed now.
    const [row]: { rows: number }[] = await session.query(
      `with gone as (
         delete from ${table} where ctid = any(array(select ctid from ${table} where ${where} limit ${BATCH_ROWS})) and ${where}
         returning 1
       ) select count(*)::int as rows from gone`,
      [before],
    );
    return row?.rows ?? 0;
  });
}

/**
 * Starts of agents of which nothing has come for long, but for the newest of each: it counts on what the others had
 * dropped.
 */
function foldBoots(session: DatabaseSession, keptFrom: Date, more: () => boolean): Promise<number> {
  return inBatches(more, async () => {
    const [row]: { rows: number }[] = await session.query(
      `with old as (
         select * from (
           select site_id, agent_id, boot, (
             select n.boot from agent_boots n
             where n.site_id = b.site_id and n.agent_id = b.agent_id order by n.seen_at desc, n.boot limit 1) as heir
           from agent_boots b where seen_at < $1) as each
         where heir <> boot limit ${BATCH_ROWS}
       ), gone as (
         delete from agent_boots b using old
         where (b.site_id, b.agent_id, b.boot) = (old.site_id, old.agent_id, old.boot) and b.seen_at < $1
         returning b.site_id, b.agent_id, old.heir, b.dropped
       ), sums as (
         select site_id, agent_id, heir, sum(dropped) as dropped from gone group by 1, 2, 3
       ), kept as (
         update agent_boots b set dropped = b.dropped + sums.dropped from sums
         where (b.site_id, b.agent_id, b.boot) = (sums.site_id, sums.agent_id, sums.heir)
       )
       select count(*)::int as rows from gone`,
      [keptFrom],
    );
    return row?.rows ?? 0;
  });
}
