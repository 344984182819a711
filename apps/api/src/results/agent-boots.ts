import type { EntityManager } from 'typeorm';
import type { GivenUp } from '@mailpath/protocol';
import type { Reporter } from './result-rows.ts';

/** Locks the row of this start of the agent, so that two connections of it take turns, and reads how far it is stored. */
export async function lockBoot(manager: EntityManager, reporter: Reporter, boot: string): Promise<number> {
  const key = [reporter.siteId, reporter.agentId, boot];
  await manager.query(
    `insert into agent_boots (site_id, agent_id, boot, acknowledged, dropped, first_seen_at)
     values ($1, $2, $3, 0, 0, now()) on conflict do nothing`,
    key,
  );
  const [row]: { acknowledged: string }[] = await manager.query(
    `select acknowledged from agent_boots where site_id = $1 and agent_id = $2 and boot = $3 for update`,
    key,
  );
  return Number(row?.acknowledged);
}

/**
 * Counts the ends of earlier boots that the agent gave up, and says how many results that were. The mark moves with them, so a
 * second telling changes nothing. Earlier boots come before the one of the batch, and so do their locks on every connection.
 */
export async function countGivenUp(
  manager: EntityManager,
  reporter: Reporter,
  givenUp: readonly GivenUp[],
): Promise<number> {
  let lost = 0;
  for (const { boot, after, through } of givenUp) {
    // What an agent delivered under an earlier enrolment is known by that one's id alone; its own mark tells of it.
    const before = Math.max(await lockBoot(manager, reporter, boot), after);
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
