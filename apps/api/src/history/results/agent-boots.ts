import type { EntityManager } from 'typeorm';
import type { GivenUp } from '@mailpath/protocol';
import type { Reporter } from '../../estate/connections/reporter.ts';

/** How far a start of an agent is stored, and how far its server's clock is ahead as far as is known. */
export interface BootState {
  acknowledged: number;
  clockAheadMs: number;
}

/** One start of an agent. */
export interface BootKey {
  reporter: Reporter;
  boot: string;
}

const KEYS = `unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k(site_id, agent_id, boot)`;

const STATES = `select b.site_id, b.agent_id, b.boot, b.acknowledged, b.clock_ahead_ms
  from agent_boots b join ${KEYS} using (site_id, agent_id, boot) order by 1, 2, 3 for update of b`;

/**
 * A start goes on where it was with the agent of an earlier enrolment, which handed in the first part of the same
 * outbox; the clock is that of the start before.
 */
const BEGIN = `insert into agent_boots (site_id, agent_id, boot, acknowledged, dropped, first_seen_at, seen_at, clock_ahead_ms)
  select k.site_id, k.agent_id, k.boot,
    coalesce((select max(o.acknowledged) from agent_boots o where o.boot = k.boot), 0), 0, $4, $4,
    (select o.clock_ahead_ms from agent_boots o
     where o.site_id = k.site_id and o.agent_id = k.agent_id and o.clock_ahead_ms is not null
     order by o.seen_at desc limit 1)
  from ${KEYS} order by 1, 2, 3 on conflict do nothing`;

const columns = (keys: readonly BootKey[]) => [
  keys.map(({ reporter }) => reporter.siteId),
  keys.map(({ reporter }) => reporter.agentId),
  keys.map(({ boot }) => boot),
];

/**
 * Locks the rows of these starts, in one order on every connection, so that two connections of an agent take turns and
 * no two groups wait for each other in a circle. Answers in the order of the keys.
 */
export async function lockBoots(
  manager: EntityManager,
  keys: readonly BootKey[],
  now: Date,
): Promise<BootState[]> {
  type Row = {
    site_id: string;
    agent_id: string;
    boot: string;
    acknowledged: string;
    clock_ahead_ms: number | null;
  };
  let rows: Row[] = await manager.query(STATES, columns(keys));
  if (rows.length < keys.length) {
    await manager.query(BEGIN, [...columns(keys), now]);
    rows = await manager.query(STATES, columns(keys));
  }
  const states = new Map(rows.map((row) => [`${row.agent_id} ${row.boot}`, row]));
  return keys.map(({ reporter, boot }) => {
    const row = states.get(`${reporter.agentId} ${boot}`);
    return { acknowledged: Number(row?.acknowledged), clockAheadMs: row?.clock_ahead_ms ?? 0 };
  });
}

/** How far one start is stored now, and how many results its agent had to give up before. */
export interface BootAdvance extends BootKey, BootState {
  dropped: number;
}

/** Writes down how far each is stored now, and that their servers were heard of. */
export async function advanceBoots(
  manager: EntityManager,
  advances: readonly BootAdvance[],
  now: Date,
): Promise<void> {
  await manager.query(
    `update agent_boots b set acknowledged = t.acknowledged, dropped = b.dropped + t.dropped,
       clock_ahead_ms = t.clock_ahead_ms, seen_at = $7
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::double precision[])
       as t(site_id, agent_id, boot, acknowledged, dropped, clock_ahead_ms)
     where b.site_id = t.site_id and b.agent_id = t.agent_id and b.boot = t.boot`,
    [
      ...columns(advances),
      advances.map(({ acknowledged }) => acknowledged),
      advances.map(({ dropped }) => dropped),
      advances.map(({ clockAheadMs }) => clockAheadMs),
      now,
    ],
  );
  await manager.query(
    `update agents a set last_seen_at = $3 from unnest($1::uuid[], $2::uuid[]) as t(site_id, id)
     where a.site_id = t.site_id and a.id = t.id`,
    [...columns(advances).slice(0, 2), now],
  );
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
    const [state] = await lockBoots(manager, [{ reporter, boot }], now);
    const before = Math.max(state?.acknowledged ?? 0, after);
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
