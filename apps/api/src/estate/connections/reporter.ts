import type { EntityManager } from 'typeorm';

/** An agent that has proved its key, and the server that it speaks for. */
export interface Reporter {
  siteId: string;
  agentId: string;
  serverId: string;
}

/** An agent that was revoked, maybe at another instance of the API, which this connection has not heard of yet. */
export class RevokedReporter extends Error {
  override readonly name = 'RevokedReporter';
}

/** Agents that may report, and which Postgres says so, by when it was started; null where there are none. */
export interface Unrevoked {
  readonly agentIds: ReadonlySet<string>;
  readonly postgres: string | null;
}

/**
 * Which of these agents are neither revoked nor in quarantine, by their ids. Whoever revokes one of them waits until
 * the transaction is over, and so does another transaction with results of it, so that both can write down when it was
 * heard of. Locked in one order on every connection.
 */
export async function lockUnrevoked(
  manager: EntityManager,
  reporters: readonly Reporter[],
): Promise<Unrevoked> {
  const rows: { id: string; postgres: string }[] = await manager.query(
    `select a.id, pg_postmaster_start_time()::text as postgres from agents a join unnest($1::uuid[], $2::uuid[]) as k(site_id, id) using (site_id, id)
     where a.revoked_at is null and (a.quarantined_at is null or a.original_boot is not null) order by a.site_id, a.id for no key update of a`,
    [reporters.map(({ siteId }) => siteId), reporters.map(({ agentId }) => agentId)],
  );
  return { agentIds: new Set(rows.map(({ id }) => id)), postgres: rows[0]?.postgres ?? null };
}
