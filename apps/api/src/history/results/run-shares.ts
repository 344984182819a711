import type { Delivery } from '@mailpath/protocol';
import type { EntityManager } from 'typeorm';
import { placeInRun } from '../../fleet/tasks/place-in-run.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';

interface Share {
  site_id: string;
  server_id: string;
  run_id: string;
  expected: number;
  received: number;
  /** How many results of each place are still awaited; null in runs begun before that was kept. */
  asked: Record<string, number> | null;
}

const LOCK = `select s.site_id, s.server_id, s.run_id, s.expected, s.received, s.asked
  from run_servers s join unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as k(site_id, run_id, server_id, agent_id)
    using (site_id, run_id, server_id, agent_id)
  order by 1, 2, 3 for update of s`;

const SAVE = `update run_servers s set received = t.received, asked = t.asked,
    finished_at = case when t.received >= s.expected then coalesce(s.finished_at, $6) end
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::jsonb[]) as t(site_id, run_id, server_id, received, asked)
  where s.site_id = t.site_id and s.run_id = t.run_id and s.server_id = t.server_id`;

/**
 * The runs that deliveries speak of, as far as their servers were asked: any other run, and any result that a run did
 * not ask for, would be the agent's invention.
 */
export class RunShares {
  readonly #shares: Map<string, Share>;
  readonly #touched = new Set<Share>();

  private constructor(shares: readonly Share[]) {
    this.#shares = new Map(shares.map((share) => [keyOf(share.server_id, share.run_id), share]));
  }

  /** Locks them in one order, so that groups which touch the same runs never wait for each other in a circle. */
  static async lock(
    manager: EntityManager,
    batches: readonly { reporter: Reporter; deliveries: readonly Delivery[] }[],
  ): Promise<RunShares> {
    const keys = batches.flatMap(({ reporter, deliveries }) =>
      [...new Set(deliveries.flatMap(({ runId }) => runId ?? []))].map((runId) => ({ ...reporter, runId })),
    );
    if (keys.length === 0) return new RunShares([]);
    return new RunShares(
      await manager.query(LOCK, [
        keys.map(({ siteId }) => siteId),
        keys.map(({ runId }) => runId),
        keys.map(({ serverId }) => serverId),
        keys.map(({ agentId }) => agentId),
      ]),
    );
  }

  /**
   * The delivery as it is stored: without its run where that did not ask for it. Each place counts as often as it was
   * asked.
   */
  take({ serverId }: Reporter, delivery: Delivery): Delivery {
    const { runId, result } = delivery;
    const share = runId === null ? undefined : this.#shares.get(keyOf(serverId, runId));
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

  async save(manager: EntityManager, now: Date): Promise<void> {
    if (this.#touched.size === 0) return;
    const touched = [...this.#touched];
    await manager.query(SAVE, [
      touched.map(({ site_id }) => site_id),
      touched.map(({ run_id }) => run_id),
      touched.map(({ server_id }) => server_id),
      touched.map(({ received }) => received),
      touched.map(({ asked }) => asked && JSON.stringify(asked)),
      now,
    ]);
  }
}

const keyOf = (serverId: string, runId: string): string => `${serverId} ${runId}`;
