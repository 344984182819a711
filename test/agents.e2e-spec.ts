import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentPage } from '../apps/api/src/estate/servers/agent.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolAgain,
  enrolServer,
  type Identity,
  resultOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';

let api: RunningApi;
let siteId: string;
let identity: Identity;

beforeAll(async () => {
  api = await startApi();
  siteId = await createSite(api, { name: 'agents' });
  identity = await enrolServer(api, siteId, 'app01');
});
afterAll(() => api.close());

const authorised = (method: 'get' | 'delete' | 'patch', path: string) =>
  request(api.server)[method](path).set('authorization', `Bearer ${api.apiKey}`);

describe('an agent that joins', () => {
  it('is welcomed with its server’s name and told what to do', async () => {
    const agent = await ScriptedAgent.connect(api.url);
    await agent.sendJoin(identity);
    expect(await agent.next('welcome')).toMatchObject({ serverName: 'app01' });
    const assignment = await agent.next('assignment');
    expect(assignment.tasks.map(({ check }) => check)).toEqual([
      'https.sign-in',
      'https.sign-in-alias',
      'https.exchange',
      'smtp.submission',
      'imap.tls',
      'pop3.tls',
    ]);
    await agent.leave();
  });

  it('is shown as connected while it is, with the facts it gave, and not a moment longer', async () => {
    const state = async () => {
      const { body } = await authorised('get', `/v1/sites/${siteId}/agents`).expect(200);
      return AgentPage.parse(body).items.find(({ id }) => id === identity.agentId)?.state;
    };
    const agent = await ScriptedAgent.join(api.url, identity);
    expect(await state()).toBe('connected');
    await agent.leave();
    await expect.poll(state).toBe('disconnected');
  });

  it('is not shown as connected when its connection ended while its key was looked up', async () => {
    const gone = await enrolServer(api, siteId, 'gone01');
    const blocker = api.app.get(DataSource).createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('select from agents where id = $1 for update', [gone.agentId]);
    const agent = await ScriptedAgent.connect(api.url);
    await agent.sendJoin(gone);
    const waiting = `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query ilike 'update "agents"%'`;
    const joining = async () => (await api.database.query<{ n: number }>(waiting))[0]?.n;
    await expect.poll(joining).toBe(1);
    const left = once(agent.socket, 'close');
    agent.socket.close();
    await left;
    await blocker.commitTransaction();
    await blocker.release();
    await expect.poll(joining).toBe(0);
    // Its join has been gone through once another agent, which came after it, has joined.
    await (await ScriptedAgent.join(api.url, identity)).leave();
    const { body } = await authorised('get', `/v1/sites/${siteId}/agents`).expect(200);
    const shown = AgentPage.parse(body).items.find(({ id }) => id === gone.agentId);
    expect(shown).toMatchObject({ state: 'disconnected', lastSeenAt: expect.any(String) });
  });

  it('hears of a changed target without joining again', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const before = await agent.next('assignment');
    await authorised('patch', `/v1/sites/${siteId}`)
      .send({ targets: { imap: { host: '127.0.0.9', port: 1993 } } })
      .expect(200);
    const after = await agent.next('assignment');
    expect(after.revision).not.toBe(before.revision);
    expect(after.tasks.find(({ check }) => check === 'imap.tls')?.target).toEqual({
      name: 'imap',
      host: '127.0.0.9',
      port: 1993,
    });
    await agent.leave();
  });

  it('takes the place of its own older connection, which is told so', async () => {
    const older = await ScriptedAgent.join(api.url, identity);
    older.freeze();
    const newer = await ScriptedAgent.join(api.url, identity);
    older.thaw();
    expect((await older.closed()).code).toBe(4409);
    expect((await newer.deliver(deliveriesFrom(1, 1))).sequence).toBe(1);
    await newer.leave();
  });

  it('loses its connection the moment it is revoked, and is turned away from then on', async () => {
    const other = await enrolServer(api, siteId, 'revoked01');
    const agent = await ScriptedAgent.join(api.url, other);
    await authorised('delete', `/v1/sites/${siteId}/agents/${other.agentId}`).expect(204);
    expect((await agent.closed()).code).toBe(4410);
    await expect(ScriptedAgent.join(api.url, other)).rejects.toThrow('closed with 4401');
  });

  it('loses its connection when its server is enrolled anew', async () => {
    const first = await enrolServer(api, siteId, 'again01');
    const agent = await ScriptedAgent.join(api.url, first);
    const second = await enrolAgain(api, siteId, first.serverId);
    expect((await agent.closed()).code).toBe(4410);
    await (await ScriptedAgent.join(api.url, second)).leave();
  });

  it('loses its connection when its server is retired', async () => {
    const leaving = await enrolServer(api, siteId, 'retired01');
    const agent = await ScriptedAgent.join(api.url, leaving);
    await authorised('delete', `/v1/sites/${siteId}/servers/${leaving.serverId}`).expect(204);
    expect((await agent.closed()).code).toBe(4410);
  });
});

describe('who is not an agent of ours', () => {
  const turnedAway = async (act: (agent: ScriptedAgent) => void | Promise<void>) => {
    const agent = await ScriptedAgent.connect(api.url);
    await act(agent);
    return agent.closed();
  };
  const batch = () => ({ boot: randomUUID(), deliveries: deliveriesFrom(1, 1) });

  it.each<[string, number, RegExp, (agent: ScriptedAgent) => void | Promise<void>]>([
    ['an unknown agent id', 4401, /not known/, (a) => a.sendJoin({ ...identity, agentId: randomUUID() })],
    [
      'a signature of something else',
      4401,
      /not known/,
      (a) => a.sendJoin(identity, { signature: 'A'.repeat(86) }),
    ],
    ['results before it joins', 4401, /join first/, (a) => a.send('results', batch())],
    ['a newer protocol', 4426, /update it first/, (a) => a.sendJoin(identity, { protocol: 99 })],
    ['text that is not JSON', 1008, /not JSON/, (a) => a.socket.send('hello')],
    ['bytes', 1008, /not JSON/, (a) => a.socket.send(Buffer.from([0xff, 0x00, 0xfe]))],
    ['an unknown event', 1008, /event/, (a) => a.send('shutdown', {})],
    ['a join without a field', 1008, /data\.facts/, (a) => a.sendJoin(identity, { facts: undefined })],
    ['a frame of 1 MB', 1009, /.*/, (a) => a.socket.send('x'.repeat(1024 * 1024))],
  ])('is turned away with its code for %s', async (_, code, reason, act) => {
    const end = await turnedAway(act);
    expect(end.code).toBe(code);
    expect(end.reason).toMatch(reason);
  });

  it('leaves nothing behind and disturbs nobody else', async () => {
    const good = await ScriptedAgent.join(api.url, identity);
    await turnedAway((agent) => agent.socket.send('{"event":"results","data":{}}'));
    expect((await good.deliver(deliveriesFrom(1, 2))).sequence).toBe(2);
    const [row] = await api.database.query<{ agents: string }>(
      'select count(distinct agent_id)::text as agents from results',
    );
    expect(row?.agents).toBe('1');
    await good.leave();
    await request(api.server).get('/health/ready').expect(200);
  });

  it('cannot put a failed result in as a passed one, nor half of a batch', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const broken = { ...resultOf(), outcome: 'pass', failure: { phase: 'tls', code: 'reset', message: 'x' } };
    agent.send('results', {
      boot: agent.boot,
      deliveries: [...deliveriesFrom(1, 1), { sequence: 2, runId: null, result: broken }],
    });
    expect((await agent.closed()).code).toBe(1008);
    const rows = await api.database.query('select 1 from results where boot = $1', [agent.boot]);
    expect(rows).toEqual([]);
  });
});
