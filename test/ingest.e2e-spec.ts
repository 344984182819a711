import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { DataSource, type QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { Run } from '../apps/api/src/work/runs/run.ts';
import { Upkeep } from '../apps/api/src/app/upkeep/upkeep.service.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  resultOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';

/** Frames of one connection that may wait for their turn. */
const BACKLOG = 8;

let api: RunningApi;
let siteId: string;

beforeAll(async () => {
  api = await startApi();
  // What it does at its start would wait for the same table.
  await api.app.get(Upkeep).tend();
  siteId = await createSite(api, { name: 'ingest' });
});
afterAll(() => api.close());

const sequencesOf = async (boot: string): Promise<number[]> => {
  const rows = await api.database.query<{ sequence: string }>(
    'select sequence::text from results where boot = $1 order by sequence',
    [boot],
  );
  return rows.map(({ sequence }) => Number(sequence));
};

/** The statements that wait for a lock. */
const waitingForLocks = () =>
  api.database.query<{ pid: number; query: string }>(
    `select pid, query from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
const ofStoring = async () => (await waitingForLocks()).filter(({ query }) => query.includes('agent_boots'));

/** Nothing can be stored until it is released; answers how many transactions wait for that, and ends their wait. */
async function blockStoring() {
  const blocker: QueryRunner = api.app.get(DataSource).createQueryRunner();
  await blocker.startTransaction();
  await blocker.query('lock table agent_boots in access exclusive mode');
  return {
    waiting: async (): Promise<number> => (await ofStoring()).length,
    /** As Postgres does with a statement that takes too long. */
    giveUp: async (): Promise<void> => {
      for (const { pid } of await ofStoring())
        await api.database.query('select pg_cancel_backend($1)', [pid]);
    },
    release: async (): Promise<void> => {
      await blocker.commitTransaction();
      await blocker.release();
    },
  };
}

describe('frames that wait for their turn', () => {
  it('are not stored any more once their agent is revoked', async () => {
    const identity = await enrolServer(api, siteId, 'revoked01');
    const agent = await ScriptedAgent.join(api.url, identity);
    const storing = await blockStoring();
    agent.send('results', { boot: agent.boot, deliveries: deliveriesFrom(1, 2) });
    await expect.poll(storing.waiting).toBe(1);
    agent.send('results', { boot: agent.boot, deliveries: deliveriesFrom(3, 2) });
    const revoked = request(api.server)
      .delete(`/v1/sites/${siteId}/agents/${identity.agentId}`)
      .set('authorization', `Bearer ${api.apiKey}`)
      .expect(204)
      .then(() => agent.closed());
    // It waits for the frame, which has its agent's row, until that is given up for having waited too long.
    await expect.poll(async () => (await waitingForLocks()).length).toBe(2);
    await storing.giveUp();
    expect(await revoked).toMatchObject({ code: 4410 });
    await storing.release();
    // Neither what waited for the database then, nor what waited behind it; who comes later is past both.
    const later = await ScriptedAgent.join(api.url, await enrolServer(api, siteId, 'later01'));
    await later.deliver(deliveriesFrom(1, 1));
    expect(await sequencesOf(agent.boot)).toEqual([]);
    await later.leave();
  });

  /** A backlog, behind a first frame that cannot be stored yet. */
  async function backlogOf(count: number) {
    const agent = await ScriptedAgent.join(api.url, await enrolServer(api, siteId, `many${count}`));
    const storing = await blockStoring();
    const send = (sequence: number): void =>
      agent.send('results', { boot: agent.boot, deliveries: deliveriesFrom(sequence, 1) });
    // What a join leaves to do is done before it; and one whose connection has ended by then is not begun.
    send(1);
    await expect.poll(storing.waiting).toBe(1);
    for (let sequence = 2; sequence <= count; sequence += 1) send(sequence);
    return { agent, release: storing.release };
  }

  it('are all stored as long as they are no more than an agent may have', async () => {
    const { agent, release } = await backlogOf(BACKLOG);
    await release();
    await expect.poll(() => sequencesOf(agent.boot)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await agent.leave();
  });

  it.each([BACKLOG + 1, 3 * BACKLOG])('end the connection where there are %i of them', async (count) => {
    const { agent, release } = await backlogOf(count);
    expect(await agent.closed()).toEqual({ code: 1008, reason: 'too much at a time' });
    await release();
    await expect.poll(async () => (await sequencesOf(agent.boot)).length).toBeGreaterThan(0);
    expect((await sequencesOf(agent.boot)).length).toBeLessThanOrEqual(BACKLOG);
  });
});

describe('what counts as a result of a run', () => {
  const second = (repeats = randomUUID()): Partial<CheckResult> => ({ repeats });

  it.each<[string, Partial<CheckResult>[], number]>([
    ['the result that was asked for', [{}], 1],
    ['its second look alone', [second()], 0],
    ['its second look before it', [second(), {}], 1],
    ['its second look behind it', [{}, second()], 1],
    ['it, three second looks, and it once more', [{}, second(), second(), second(), {}], 1],
    ['another check', [{ check: 'smtp.starttls' }], 0],
    ['the same check of another target', [{ target: { name: 'pop3', host: 'a.example', port: 995 } }], 0],
  ])('%s', async (what, results, received) => {
    const identity = await enrolServer(api, siteId, what.replaceAll(/[^a-z]/g, '-'));
    const agent = await ScriptedAgent.join(api.url, identity);
    const authorised = { authorization: `Bearer ${api.apiKey}` };
    const { body } = await request(api.server)
      .post(`/v1/sites/${siteId}/runs`)
      .set(authorised)
      .send({ serverIds: [identity.serverId], checks: ['imap.tls'] })
      .expect(202);
    const order = await agent.next('run');
    const [task] = order.tasks;
    await agent.deliver(
      results.map((changes, i) => ({
        sequence: i + 1,
        runId: order.runId,
        result: resultOf({ ...task, ...changes }),
      })),
    );
    const read = await request(api.server)
      .get(`/v1/sites/${siteId}/runs/${Run.parse(body).id}`)
      .set(authorised)
      .expect(200);
    const [part] = Run.parse(read.body).servers;
    expect(part).toMatchObject({ expected: 1, received, state: received === 1 ? 'done' : 'waiting' });
    // Every one of them is kept, whatever the run made of it.
    expect(await sequencesOf(agent.boot)).toHaveLength(results.length);
    await agent.leave();
  });
});
