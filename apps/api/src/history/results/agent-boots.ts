import type { EntityManager } from 'typeorm';
import type { GivenUp } from '@mailpath/protocol';
import type { Reporter } from '../../estate/connections/reporter.ts';

/** How far a start of an agent is stored, and how far its server's clock is ahead as far as is known. */
export interface BootState {
  acknowledged: number;
  clockAheadMs: number;
}

const STATE = `select acknowledged, clock_ahead_ms from agent_boots
  where site_id = $1 and agent_id = $2 and boot = $3 for update`;

/**
 * A start goes on where it was with the agent of an earlier enrolment, which handed in the first part of the same
 * outbox; the clock is that of the start before.
 */
const BEGIN = `insert into agent_boots (site_id, agent_id, boot, acknowledged, dropped, first_seen_at, seen_at, clock_ahead_ms)
  values ($1, $2, $3,
    coalesce((select max(acknowledged) from agent_boots where boot = $3), 0), 0, $4, $4,
    (select clock_ahead_ms from agent_boots where site_id = $1 and agent_id = $2 and clock_ahead_ms is not null
     order by seen_at desc limit 1))
  on conflict do nothing`;

/** Locks the row of this start, so that two connections of the agent take turns, and reads it. */
export async function lockBoot(
  manager: EntityManager,
  { siteId, agentId }: Reporter,
  boot: string,
  now: Date,
): Promise<BootState> {
  type Row = { acknowledged: string; clock_ahead_ms: number | null };
  const key = [siteId, agentId, boot];
  let [row]: Row[] = await manager.query(STATE, key);
  if (!row) {
    await manager.query(BEGIN, [...key, now]);
    [row] = (await manager.query(STATE, key)) as Row[];
  }
  return { acknowledged: Number(row?.acknowledged), clockAheadMs: row?.clock_ahead_ms ?? 0 };
}

/** Writes down how far it is stored now, and that its server was heard of. */
export async function advanceBoot(
  manager: EntityManager,
  { siteId, agentId }: Reporter,
  boot: string,
  to: BootState & { dropped: number },
  now: Date,
): Promise<void> {
  await manager.query(
    `update agent_boots set acknowledged = $4, dropped = dropped + $5, clock_ahead_ms = $6, seen_at = $7
     where site_id = $1 and agent_id = $2 and boot = $3`,
    [siteId, agentId, boot, to.acknowledged, to.dropped, to.clockAheadMs, now],
  );
  await manager.query(`update agents set last_seen_at = $3 where site_id = $1 and id = $2`, [
    siteId,
    agentId,
    now,
  ]);
}

/**
 * Counts the ends of earlier boots that the agent gave up, and says how many results that were. The mark moves with
 * them, so a second telling changes nothing. Earlier boots come before the one of the batch, and so do their locks on
 * every connection.
 */
export async function countGivenUp(
  manager: EntityManager,
  reporter: Reporter,
  givenUp: readonly GivenUp[],
  now: Date,
): Promise<number> {
  let lost = 0;
  for (const { boot, after, through } of givenUp) {
    // What the agent knows to be delivered is not lost, whatever is known of it here.
    const { acknowledged } = await lockBoot(manager, reporter, boot, now);
    const before = Math.max(acknowledged, after);
    if (through <= before) continue;
    lost += through - before;
    await manager.query(
      `update agent_boots set acknowledged = $4, dropped = dropped + $5
       where site_id = $1 and agent_id = $2 and boot = $3`,
      [reporter.siteId, reporter.agentId, boot, through, through - before],
    );
  }
  return lost;
}
