import { BATCH_ROWS, type DatabaseSession, inBatches } from './database-session.ts';

/** The columns of a result before observations were split, but for the moment by which it is stored. */
const KEPT = `site_id, agent_id, boot, sequence, id, server_id, run_id, check_id, target_name, target_host, target_port, target_mailbox,
  outcome, failure_phase, failure_code, failure_message, reason, duration_ms, phases, evidence, evidence_hashes, repeats, received_at`;

/**
 * Earlier versions kept results whose server's clock was far off in a table for the rest. They go to the week in which
 * they were received, a few at a time: nobody waits for it, and where it is broken off it goes on the next time.
 */
export async function moveElsewhen(session: DatabaseSession, more: () => boolean): Promise<number> {
  const weeks: { at: Date }[] = await session.query(
    `select min(received_at) as at from results_elsewhen group by date_trunc('week', received_at at time zone 'UTC')`,
  );
  for (const { at } of weeks) await session.query('select ensure_weekly_partition($1, $2)', ['results', at]);
  return inBatches(more, async () => {
    const [row]: { rows: number }[] = await session.query(
      `with moved as (
         delete from results_elsewhen where ctid = any(array(select ctid from results_elsewhen limit $1)) returning *
       ), stored as (
         insert into results (${KEPT}, observed_at, started_at)
         select ${KEPT}, received_at, observed_at from moved on conflict do nothing
       )
       select count(*)::int as rows from moved`,
      [BATCH_ROWS],
    );
    return row?.rows ?? 0;
  });
}
