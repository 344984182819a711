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

/** Throws RevokedReporter; otherwise whoever revokes the agent waits until the transaction is over. */
export async function refuseRevoked(manager: EntityManager, { siteId, agentId }: Reporter): Promise<void> {
  const rows: unknown[] = await manager.query(
    'select from agents where site_id = $1 and id = $2 and revoked_at is null for share',
    [siteId, agentId],
  );
  if (rows.length === 0) throw new RevokedReporter(`agent ${agentId} was revoked`);
}
