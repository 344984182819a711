import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_SOCKET_PATH, type AgentBatch, PROTOCOL_VERSION } from '@mailpath/protocol';
import { KeyRing } from '../apps/agent/src/key-ring.ts';
import { Outbox } from '../apps/agent/src/outbox.ts';
import { readStateDb } from '../apps/agent/src/state-db.ts';
import { keptLog } from '../apps/agent/src/testing/log-lines.ts';
import { Uplink } from '../apps/agent/src/uplink.ts';
import { UPLINK_TIMINGS } from '../apps/agent/src/uplink-options.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { batchOf } from './support/https-batch.ts';
import { client } from './support/mail-site.ts';
import { type Middlebox, startMiddlebox } from './support/middlebox.ts';
import {
  createSite,
  enrolServer,
  FACTS,
  type Identity,
  resultOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';

let api: RunningApi;
let box: Middlebox;
let identity: Identity;
let stateDir: string;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  box = await startMiddlebox(api.url);
  const siteId = await createSite(api, { name: randomUUID() });
  identity = await enrolServer(api, siteId, 'svc01', ['services']);
  stateDir = mkdtempSync(join(tmpdir(), 'mailpath-line-'));
});
afterEach(async () => {
  await box.close();
  rmSync(stateDir, { recursive: true });
});

const RESULTS = 250;
const agentOf = async () =>
  (await client(api).get(`/v1/sites/${identity.siteId}/servers/${identity.serverId}`).expect(200)).body.agent;
const stored = async () =>
  Number(
    (
      await api.database.query<{ n: string }>('select count(*) as n from results where agent_id = $1', [
        identity.agentId,
      ])
    )[0]?.n,
  );

/** The agent's own line, aimed at the proxy; its waits are short. */
function agentBehind() {
  const { log, events } = keptLog();
  const boot = randomUUID();
  const outbox = new Outbox({ stateDir, boot, log });
  for (let i = 0; i < RESULTS; i += 1) outbox.add(resultOf(), null);
  const uplink = new Uplink({
    url: new URL(AGENT_SOCKET_PATH, box.url.replace(/^http/, 'ws')),
    agentId: identity.agentId,
    keys: new KeyRing(stateDir, identity.privateKey, log),
    facts: FACTS,
    boot,
    log,
    outbox,
    onAssignment: () => undefined,
    onOrder: () => undefined,
    timings: { ...UPLINK_TIMINGS, retryUnitMs: 50, patienceMs: 500 },
    detourTimings: { afterMs: 200, lookMs: 50 },
  });
  uplink.start();
  return {
    outbox,
    events,
    end: async () => {
      await uplink.stop(1_000);
      outbox.close();
    },
  };
}

describe('behind a proxy that', () => {
  it.each([
    ['refuses', 'upgrade-refused', /403/],
    ['buffers', 'silent', /nothing heard/],
    ['cuts', 'cut', /./],
  ] as const)(
    '%s WebSocket, results come once, by HTTPS, and it is told why',
    async (manner, fault, detail) => {
      box.manner = manner;
      box.answersLost = 1;
      const agent = agentBehind();
      await expect.poll(() => agent.outbox.waiting().rows).toBe(0);
      expect([await stored(), box.answersLost]).toEqual([RESULTS, 0]);
      const line = { fault, detail: expect.stringMatching(detail) };
      expect(await agentOf()).toMatchObject({ state: 'disconnected', line });
      expect(JSON.parse(readStateDb(stateDir)?.line ?? '')).toMatchObject(line);
      // The proxy lets it through: the socket is taken again, by itself.
      box.manner = 'passes';
      await expect.poll(() => agent.events()).toContain('joined');
      await expect.poll(agentOf).toMatchObject({ state: 'connected', line: null });
      agent.outbox.add(resultOf(), null);
      await agent.end();
      expect(await stored()).toBe(RESULTS + 1);
    },
  );

  it('refuses WebSocket, a server is asked for nothing, and the run says why', async () => {
    box.manner = 'refuses';
    const other = await ScriptedAgent.join(
      api.url,
      await enrolServer(api, identity.siteId, 'svc02', ['services']),
    );
    const agent = agentBehind();
    await expect.poll(() => agent.outbox.waiting().rows).toBe(0);
    const { body } = await client(api)
      .post(`/v1/sites/${identity.siteId}/runs`)
      .send({ mailboxes: false })
      .expect(202);
    const part = body.servers.find(({ name }: { name: string }) => name === 'svc01');
    expect(part).toMatchObject({
      state: 'offline',
      withheld: [{ reason: expect.stringMatching(/reports by HTTPS/) }],
    });
    await agent.end();
    await other.leave();
  });
});

describe('a batch by HTTPS', () => {
  async function batch(changes: Partial<AgentBatch> = {}, by = identity): Promise<AgentBatch> {
    const { body } = await request(api.server).post('/v1/agents/challenges').expect(200);
    return batchOf(by, body.nonce as string, changes);
  }
  const post = (body: object) => request(api.server).post('/v1/agents/batches').send(body);

  it('counts once, however often it is sent', async () => {
    const one = await batch();
    for (let i = 0; i < 3; i += 1) expect((await post(one).expect(200)).body.acknowledged).toBe(3);
    expect(await stored()).toBe(3);
  });

  it.each([
    ['of a nonce that is none of ours', async () => batch({ nonce: 'A'.repeat(80) }), 401],
    ['with other results than were signed', async () => ({ ...(await batch()), results: '{"boot":1}' }), 401],
    ['signed with another key', async () => batch({}, { ...identity, agentId: randomUUID() }), 401],
    ['of results that cannot be read', async () => batch({ results: '{"deliveries":[]}' }), 400],
    ['that hides another event in them', async () => batch({ results: '{}},{"event":"join"' }), 400],
    ['of a newer protocol', async () => batch({ protocol: PROTOCOL_VERSION + 1 }), 409],
  ])('%s is refused, and nothing of it is stored', async (_, make, status) => {
    await post(await make()).expect(status);
    expect(await stored()).toBe(0);
  });

  it('from a second machine, while the first is connected, shuts out both', async () => {
    const original = await ScriptedAgent.join(api.url, identity);
    await post(await batch()).expect(409);
    expect((await original.closed()).code).toBe(4411);
    await post(await batch()).expect(409);
    expect([await stored(), (await agentOf()).quarantine?.machines.length]).toEqual([0, 3]);
  });

  it('comes at a pace that is bounded, with word of when the next is due', async () => {
    const pending = await Promise.all(Array.from({ length: 3 }, () => batch()));
    const answers = await Promise.all(pending.map(async (one) => post(one)));
    const late = answers.find(({ status }) => status === 429);
    expect(late?.headers['retry-after']).toMatch(/^\d+$/);
  });
});
