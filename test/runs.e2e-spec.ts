import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Clock } from '../apps/api/src/platform/clock.ts';
import { Run } from '../apps/api/src/work/runs/run.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { createSite, enrolServer, type Identity, resultOf, ScriptedAgent } from './support/scripted-agent.ts';

let api: RunningApi;
let siteId: string;
let svc01: Identity;
let app01: Identity;
let app02: Identity;

beforeAll(async () => {
  api = await startApi();
  siteId = await createSite(api, { name: 'runs' });
  svc01 = await enrolServer(api, siteId, 'svc01', ['services']);
  app01 = await enrolServer(api, siteId, 'app01');
  app02 = await enrolServer(api, siteId, 'app02');
});
afterAll(() => api.close());

const post = (body: object, site = siteId) =>
  request(api.server).post(`/v1/sites/${site}/runs`).set('authorization', `Bearer ${api.apiKey}`).send(body);
const get = async (runId: string): Promise<Run> => {
  const { body } = await request(api.server)
    .get(`/v1/sites/${siteId}/runs/${runId}`)
    .set('authorization', `Bearer ${api.apiKey}`)
    .expect(200);
  return Run.parse(body);
};
const states = (run: Run) => Object.fromEntries(run.servers.map(({ name, state }) => [name, state]));

describe('a run', () => {
  it('asks every connected agent, and follows each to its last result', async () => {
    const first = await ScriptedAgent.join(api.url, svc01);
    const second = await ScriptedAgent.join(api.url, app01);
    const run = Run.parse((await post({}).expect(202)).body);
    expect(states(run)).toEqual({ app01: 'waiting', app02: 'offline', svc01: 'waiting' });

    for (const agent of [first, second]) {
      const order = await agent.next('run');
      expect(order.runId).toBe(run.id);
      await agent.deliver(
        order.tasks.map((task, i) => ({ sequence: i + 1, runId: run.id, result: resultOf(task) })),
      );
    }
    const over = await get(run.id);
    expect([over.state, states(over)]).toEqual(['done', { app01: 'done', app02: 'offline', svc01: 'done' }]);
    expect(over.servers.map(({ expected, received }) => [expected, received])).toEqual([
      [6, 6],
      [0, 0],
      [6, 6],
    ]);
    const { body } = await request(api.server)
      .get(`/v1/sites/${siteId}/results`)
      .query({ runId: run.id })
      .set('authorization', `Bearer ${api.apiKey}`)
      .expect(200);
    expect(body.items).toHaveLength(12);
    await first.leave();
    await second.leave();
  });

  it('may be narrowed to servers and checks', async () => {
    const agent = await ScriptedAgent.join(api.url, app02);
    const run = Run.parse(
      (await post({ serverIds: [app02.serverId], checks: ['imap.tls'] }).expect(202)).body,
    );
    expect(states(run)).toEqual({ app02: 'waiting' });
    expect((await agent.next('run')).tasks.map(({ check }) => check)).toEqual(['imap.tls']);
    await agent.leave();
  });

  it('is joined by whoever asks for the same while it waits, however many do at the same moment', async () => {
    const agent = await ScriptedAgent.join(api.url, app01);
    const body = { serverIds: [app01.serverId] };
    const ids = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => post(body).expect(202)));
      return new Set(answers.map((answer) => Run.parse(answer.body).id));
    };
    const [first, ...more] = [...(await ids(60)), ...(await ids(2))];
    expect([more.every((id) => id === first), agent.unread('run').length]).toEqual([true, 1]);
    const order = await agent.next('run');
    expect(order.runId).toBe(first);

    // Somebody has begun to answer it: what is asked now is asked of what is there now.
    const [task] = order.tasks;
    await agent.deliver([{ sequence: 1, runId: order.runId, result: resultOf(task) }]);
    const [second] = await ids(3);
    expect(second).not.toBe(first);
    // Another connection was not asked yet, and other checks are another thing.
    await agent.leave();
    const again = await ScriptedAgent.join(api.url, app01);
    const [third] = await ids(3);
    expect(third).not.toBe(second);
    const other = Run.parse((await post({ ...body, checks: ['imap.tls'] }).expect(202)).body);
    expect(other.id).not.toBe(third);
    await again.leave();
  });

  it('is joined also where no more may be begun within the minute', async () => {
    const site = await createSite(api, { name: 'many runs' });
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const servers = await Promise.all(names.map((name) => enrolServer(api, site, name)));
    const agents = await Promise.all(servers.map((server) => ScriptedAgent.join(api.url, server)));
    const clock = vi.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date());
    const ask = (bits: number) =>
      request(api.server)
        .post(`/v1/sites/${site}/runs`)
        .set('authorization', `Bearer ${api.apiKey}`)
        .send({ serverIds: servers.flatMap(({ serverId }, bit) => ((bits >> bit) & 1 ? [serverId] : [])) });
    for (let bits = 1; bits <= 59; bits += 1) await ask(bits).expect(202);
    const answers = await Promise.all([ask(60), ask(60), ask(60), ask(60)]);
    await ask(61).expect(429);
    clock.mockRestore();
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => Run.parse(body).id)).size).toBe(1);
    for (const agent of agents) await agent.leave();
  });

  it('does not count results that an agent ascribes to a run it was not asked for', async () => {
    const asked = await ScriptedAgent.join(api.url, app01);
    const other = await ScriptedAgent.join(api.url, svc01);
    const run = Run.parse((await post({ serverIds: [app01.serverId] }).expect(202)).body);
    await other.deliver([{ sequence: 1, runId: run.id, result: resultOf() }]);
    expect((await get(run.id)).servers.map(({ received }) => received)).toEqual([0]);
    const rows = await api.database.query('select run_id from results where boot = $1', [other.boot]);
    expect(rows).toEqual([{ run_id: null }]);
    await asked.leave();
    await other.leave();
  });

  it('is listed with the newest first, in pages', async () => {
    const page = async (cursor?: string) => {
      const { body } = await request(api.server)
        .get(`/v1/sites/${siteId}/runs`)
        .query({ limit: 1, ...(cursor ? { cursor } : {}) })
        .set('authorization', `Bearer ${api.apiKey}`)
        .expect(200);
      return body as { items: Run[]; nextCursor: string | null };
    };
    const first = await page();
    const second = await page(first.nextCursor ?? '');
    expect(String(first.items[0]?.id) > String(second.items[0]?.id)).toBe(true);
  });

  it('is refused when nobody can be asked, with the reason', async () => {
    const { body } = await post({}).expect(409);
    expect(body).toMatchObject({
      code: 'conflict',
      detail: expect.stringMatching(/No agent .* is connected/),
    });
    const rows = await api.database.query(
      'select 1 from runs r where not exists (select 1 from run_servers s where s.run_id = r.id)',
    );
    expect(rows).toEqual([]);
  });

  it.each<[string, object, number, RegExp]>([
    ['a server of another site', { serverIds: [randomUUID()] }, 400, /serverIds/],
    ['a check that is none', { checks: ['IMAP'] }, 400, /checks/],
    ['a check that no server is asked for', { checks: ['imap.unheard'] }, 409, /None of these checks/],
    ['no server at all', { serverIds: [] }, 400, /serverIds/],
    ['an unknown field', { server: 'svc01' }, 400, /server/],
  ])('is refused for %s', async (_, body, status, words) => {
    const response = await post(body)
      .expect(status)
      .expect('content-type', /problem\+json/);
    expect(JSON.stringify(response.body)).toMatch(words);
  });

  it('is refused for an unknown site', async () => {
    expect((await post({}, randomUUID())).status).toBe(404);
  });
});
