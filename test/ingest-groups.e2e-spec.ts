import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

const AGENTS = 6;
/** As many groups as the API has under way at a time. */
const GROUPS = 2;

let api: RunningApi;
let siteIds: string[];

beforeAll(async () => {
  api = await startApi();
  siteIds = [await createSite(api, { name: 'one' }), await createSite(api, { name: 'two' })];
});
afterAll(() => api.close());

/** Agents of two sites, one after the other. */
async function join(prefix: string): Promise<{ identity: Identity; agent: ScriptedAgent }[]> {
  const joined = [];
  for (let i = 0; i < AGENTS; i += 1) {
    const identity = await enrolServer(api, siteIds[i % siteIds.length] ?? '', `${prefix}${i}`);
    joined.push({ identity, agent: await ScriptedAgent.join(api.url, identity) });
  }
  return joined;
}

const transactionsOf = async (boots: readonly string[]): Promise<number> => {
  const [row] = await api.database.query<{ n: number }>(
    'select count(distinct xmin::text)::int as n from results where boot = any($1::uuid[])',
    [boots],
  );
  return row?.n ?? 0;
};

const storedOf = async ({ boot }: ScriptedAgent): Promise<number[]> => {
  const rows = await api.database.query<{ sequence: string }>(
    'select sequence::text from results where boot = $1 order by sequence',
    [boot],
  );
  return rows.map(({ sequence }) => Number(sequence));
};

/** Sends one batch of each while nothing can be stored, lets `meanwhile` happen, and lets go. */
async function together(
  agents: readonly ScriptedAgent[],
  send: (agent: ScriptedAgent, at: number) => void,
): Promise<void> {
  const blocker = api.app.get(DataSource).createQueryRunner();
  await blocker.startTransaction();
  await blocker.query('lock table agent_boots in access exclusive mode');
  try {
    for (const [at, agent] of agents.entries()) send(agent, at);
    // Answered in the order of the frames: the API has them all.
    for (const { socket } of agents) {
      const pong = new Promise((resolve) => socket.once('pong', resolve));
      socket.ping();
      await pong;
    }
    await expect
      .poll(async () => {
        const [row] = await api.database.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and query like '%agent_boots%'`,
        );
        return row?.n ?? 0;
      })
      .toBeGreaterThan(0);
  } finally {
    await blocker.commitTransaction();
    await blocker.release();
  }
}

describe('batches that arrive at the same time', () => {
  it('of many agents and of several sites share transactions, each is acknowledged for itself', async () => {
    const joined = await join('shared');
    const agents = joined.map(({ agent }) => agent);
    await together(agents, (agent, at) =>
      agent.send('results', { boot: agent.boot, deliveries: deliveriesFrom(1, at + 1) }),
    );
    for (const [at, agent] of agents.entries())
      expect(await agent.next('acknowledged')).toEqual({ boot: agent.boot, sequence: at + 1 });
    for (const [at, agent] of agents.entries()) expect(await storedOf(agent)).toHaveLength(at + 1);
    // The last of each server's own is its newest.
    const newest = await api.database.query<{ sequence: string }>(
      `select r.sequence::text from latest l join results r on r.site_id = l.site_id and r.id = l.result_id
       where l.server_id = any($1::uuid[]) order by r.sequence`,
      [joined.map(({ identity }) => identity.serverId)],
    );
    expect(newest.map(({ sequence }) => Number(sequence))).toEqual(agents.map((_, at) => at + 1));
    // What came first, what came while that waited, and at most one further for what was still on its way.
    expect(await transactionsOf(agents.map(({ boot }) => boot))).toBeLessThanOrEqual(GROUPS + 1);
    for (const agent of agents) await agent.leave();
  });

  it('are stored once where they come a second time, among others that are new', async () => {
    const agents = (await join('again')).map(({ agent }) => agent);
    for (const agent of agents.slice(0, 3)) await agent.deliver(deliveriesFrom(1, 2));
    await together(agents, (agent, at) =>
      agent.send('results', { boot: agent.boot, deliveries: deliveriesFrom(1, at < 2 ? 2 : 4) }),
    );
    const sequences = [];
    for (const agent of agents) sequences.push((await agent.next('acknowledged')).sequence);
    expect(sequences).toEqual([2, 2, 4, 4, 4, 4]);
    for (const [at, agent] of agents.entries())
      expect(await storedOf(agent)).toEqual(at < 2 ? [1, 2] : [1, 2, 3, 4]);
    for (const agent of agents) await agent.leave();
  });

  it('of an agent that another instance has revoked are refused, and the others are stored', async () => {
    const joined = await join('revoked');
    const [gone] = joined;
    const { agentId = '', siteId = '' } = gone?.identity ?? {};
    await api.database.query('update agents set revoked_at = now() where site_id = $1 and id = $2', [
      siteId,
      agentId,
    ]);
    await together(
      joined.map(({ agent }) => agent),
      (agent) => agent.send('results', { boot: agent.boot, deliveries: deliveriesFrom(1, 2) }),
    );
    expect(await gone?.agent.closed()).toMatchObject({ code: 4410 });
    for (const { agent } of joined.slice(1))
      expect(await agent.next('acknowledged')).toMatchObject({ sequence: 2 });
    expect(await storedOf(gone?.agent as ScriptedAgent)).toEqual([]);
    for (const { agent } of joined.slice(1)) await agent.leave();
  });
});
