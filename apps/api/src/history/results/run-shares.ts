import type { Delivery } from '@mailpath/protocol';
import type { EntityManager } from 'typeorm';
import { placeInRun } from '../../fleet/tasks/place-in-run.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';

interface Share {
  run_id: string;
  expected: number;
  received: number;
  /** How many results of each place are still awaited; null in runs begun before that was kept. */
  asked: Record<string, number> | null;
}

/**
 * The runs that deliveries speak of, as far as this server was asked: any other run, and any result that a run did not
 * ask for, would be the agent's invention.
 */
export class RunShares {
  readonly #shares: Map<string, Share>;
  readonly #touched = new Set<Share>();

  private constructor(shares: readonly Share[]) {
    this.#shares = new Map(shares.map((share) => [share.run_id, share]));
  }

  /**
   * Locks them in the order of their ids, so that two batches which touch the same runs never wait for each other in a
   * circle.
   */
  static async lock(
    manager: EntityManager,
    { siteId, serverId, agentId }: Reporter,
    deliveries: readonly Delivery[],
  ): Promise<RunShares> {
    const ids = [...new Set(deliveries.flatMap(({ runId }) => runId ?? []))];
    if (ids.length === 0) return new RunShares([]);
    return new RunShares(
      await manager.query(
        `select run_id, expected, received, asked from run_servers
         where site_id = $1 and server_id = $2 and agent_id = $3 and run_id = any($4::uuid[]) order by run_id for update`,
        [siteId, serverId, agentId, ids],
      ),
    );
  }

  /**
   * The delivery as it is stored: without its run where that did not ask for it. Each place counts as often as it was
   * asked.
   */
  take(delivery: Delivery): Delivery {
    const { runId, result } = delivery;
    const share = runId === null ? undefined : this.#shares.get(runId);
    const place = placeInRun(result);
    if (!share || (share.asked && !Object.hasOwn(share.asked, place))) return { ...delivery, runId: null };
    const awaited = share.asked ? (share.asked[place] ?? 0) : 1;
    // A second look comes on top of what was asked.
    if (result.repeats === null && awaited > 0 && share.received < share.expected) {
      share.received += 1;
      if (share.asked) share.asked[place] = awaited - 1;
      this.#touched.add(share);
    }
    return delivery;
  }

  async save(manager: EntityManager, { siteId, serverId }: Reporter, now: Date): Promise<void> {
    for (const { run_id, received, asked } of this.#touched)
      await manager.query(
        `update run_servers set received = $4, asked = $5::jsonb,
           finished_at = case when $4 >= expected then coalesce(finished_at, $6) end
         where site_id = $1 and server_id = $2 and run_id = $3`,
        [siteId, serverId, run_id, received, asked && JSON.stringify(asked), now],
      );
  }
}
