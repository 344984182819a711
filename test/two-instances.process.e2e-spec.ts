import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE } from '@mailpath/protocol';
import { Run } from '../apps/api/src/work/runs/run.ts';
import { createDatabase, type RunningApi } from './support/api.ts';
import { type Instance, startInstance } from './support/instance.ts';
import {
  addMailbox,
  answer,
  client,
  comeBack,
  createMailSite,
  signIn,
  startSignIn,
} from './support/mail-site.ts';
import { deliveriesFrom, enrolServer, type Identity, ScriptedAgent } from './support/scripted-agent.ts';
import { part, refresh } from './support/three-servers.ts';

/**
 * Two processes of the API over one Postgres, as behind a load balancer; `a` is killed and started again in the last of
 * these.
 */
const SALES = 'sales@example.com';
const MAIL = ['token.refresh', 'imap.mailbox', 'smtp.login'];
const KEY = `mpk_${randomBytes(32).toString('base64url')}`;

let folder: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let a: Instance;
let b: Instance;

const start = (): Promise<Instance> => startInstance({ database, folder, apiKey: KEY });

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'mailpath-two-'));
  [a, b] = [await start(), await start()];
});
afterAll(async () => {
  await Promise.all([a.close(), b.close()]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

let siteId: string;
let identities: Record<'svc01' | 'svc02' | 'app01', Identity>;
beforeEach(async () => {
  siteId = await createMailSite(a);
  identities = {
    svc01: await enrolServer(a, siteId, 'svc01', ['services']),
    svc02: await enrolServer(a, siteId, 'svc02', ['services']),
    app01: await enrolServer(a, siteId, 'app01', ['application']),
  };
});

const startRun = async (api: RunningApi, body: object): Promise<Run> =>
  Run.parse((await client(api).post(`/v1/sites/${siteId}/runs`).send(body).expect(202)).body);
const getRun = async (api: RunningApi, id: string): Promise<Run> =>
  Run.parse((await client(api).get(`/v1/sites/${siteId}/runs/${id}`).expect(200)).body);

describe('two instances over one database', () => {
  it('both see every agent, and a run that is asked at one reaches the agents of the other', async () => {
    const [svc01, app01] = [
      await ScriptedAgent.join(a.url, identities.svc01),
      await ScriptedAgent.join(b.url, identities.app01),
    ];
    for (const api of [a, b]) {
      const { body } = await client(api).get(`/v1/sites/${siteId}/servers`).expect(200);
      const states = body.items.map(({ name, agent }: { name: string; agent: { state: string } }) => [
        name,
        agent.state,
      ]);
      expect(Object.fromEntries(states)).toEqual({
        svc01: 'connected',
        app01: 'connected',
        svc02: 'disconnected',
      });
    }
    const run = await startRun(b, { checks: ['imap.tls'], mailboxes: false });
    for (const agent of [svc01, app01]) {
      const order = await agent.next('run');
      expect(order.runId).toBe(run.id);
      await answer(agent, order);
    }
    expect((await getRun(b, run.id)).state).toBe('done');
    await Promise.all([svc01.leave(), app01.leave()]);
  });

  it('tell the agents of the other what has changed', async () => {
    const svc01 = await ScriptedAgent.join(a.url, identities.svc01);
    const before = await svc01.next('assignment');
    await client(b).patch(`/v1/sites/${siteId}`).send({ everySeconds: 77 }).expect(200);
    const after = await svc01.next('assignment');
    expect([before.everySeconds, after.everySeconds]).toEqual([expect.any(Number), 77]);
    await svc01.leave();
  });

  it('take nothing more from an agent that was revoked at the other, and end its connection', async () => {
    const svc01 = await ScriptedAgent.join(a.url, identities.svc01);
    await client(b).delete(`/v1/sites/${siteId}/agents/${identities.svc01.agentId}`).expect(204);
    svc01.send('results', { boot: svc01.boot, deliveries: deliveriesFrom(1, 1) });
    expect((await svc01.closed()).code).toBe(CLOSE.revoked);
    expect(svc01.unread('acknowledged')).toEqual([]);
    const rows = await database.query<object>('select from results where agent_id = $1', [
      identities.svc01.agentId,
    ]);
    expect(rows).toEqual([]);
  });

  it('shut out both of two machines with one key, whichever instance each of them is at', async () => {
    const original = await ScriptedAgent.join(a.url, identities.svc01);
    await expect(ScriptedAgent.join(b.url, identities.svc01)).rejects.toThrow(`closed with ${CLOSE.cloned}`);
    expect((await original.closed()).code).toBe(CLOSE.cloned);
    for (const api of [a, b])
      await expect(ScriptedAgent.join(api.url, identities.svc01)).rejects.toThrow(
        `closed with ${CLOSE.cloned}`,
      );
  });

  it('keep one connection of an agent where the older one answers no more: the one that joined last', async () => {
    const older = await ScriptedAgent.join(a.url, identities.svc01);
    older.freeze();
    const newer = await ScriptedAgent.join(b.url, identities.svc01);
    older.thaw();
    expect((await older.closed()).code).toBe(CLOSE.replaced);
    await startRun(a, { checks: ['imap.tls'], mailboxes: false });
    expect((await newer.next('run')).lease).toBeUndefined();
    await newer.leave();
  });

  it('sign a user in at an agent of the other, and never have two leases for a mailbox', async () => {
    const svc01 = await ScriptedAgent.join(a.url, identities.svc01);
    const svc02 = await ScriptedAgent.join(b.url, identities.svc02);
    const app01 = await ScriptedAgent.join(a.url, identities.app01);
    await addMailbox(a, siteId, SALES);
    await signIn(b, siteId, SALES, app01, identities.app01.serverId);
    const { body } = await client(b).get(`/v1/sites/${siteId}/sign-ins`).expect(200);
    expect(body.items[0]).toMatchObject({ state: 'done', failure: null });

    const run = await startRun(b, { checks: MAIL });
    const first = await svc01.next('run');
    expect(first.lease?.userName).toBe(SALES);
    // Asked at the other as well, with other checks: it has to wait for the same mailbox.
    await startRun(a, { checks: ['token.refresh', 'imap.mailbox'], serverIds: [identities.svc02.serverId] });
    const held = () =>
      database.query<{ agent_id: string }>(
        `select agent_id from orders where site_id = $1 and state = 'lent' and user_name = $2`,
        [siteId, SALES],
      );
    expect(await held()).toEqual([{ agent_id: identities.svc01.agentId }]);
    expect([svc02.unread('run'), app01.unread('run')]).toEqual([[], []]);
    await refresh(svc01, first);
    const second = await svc02.next('run');
    expect(await held()).toEqual([{ agent_id: identities.svc02.agentId }]);
    await refresh(svc02, second, 'svc02');
    const third = await app01.next('run');
    expect(third.lease?.grant).toMatchObject({ accessToken: 'access-token-of-svc02' });
    await answer(app01, third);
    expect((await getRun(a, run.id)).state).toBe('done');
    await Promise.all([svc01.leave(), svc02.leave(), app01.leave()]);
  });

  it('begin one run for what is asked at both at the same moment', async () => {
    const svc01 = await ScriptedAgent.join(a.url, identities.svc01);
    const body = { checks: ['imap.tls'], mailboxes: false };
    const runs = await Promise.all([a, b, a, b, a, b].map((api) => startRun(api, body)));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    const order = await svc01.next('run');
    expect(svc01.unread('run')).toEqual([]);
    await answer(svc01, order);
    expect((await startRun(b, body)).id).not.toBe(order.runId);
    await svc01.leave();
  });

  it('give an order again when the instance that gave it is killed, and a code to nobody a second time', async () => {
    const svc01 = await ScriptedAgent.join(a.url, identities.svc01);
    const app01 = await ScriptedAgent.join(a.url, identities.app01);
    await addMailbox(a, siteId, SALES);
    await signIn(a, siteId, SALES, app01, identities.app01.serverId);
    const run = await startRun(a, { checks: MAIL, serverIds: [identities.svc01.serverId] });
    const order = await svc01.next('run');
    const other = 'support@example.com';
    const { id, parameters, cookie } = await startSignIn(b, siteId, other, identities.app01.serverId);
    await comeBack(b, { state: parameters.get('state') ?? '', code: 'the-code' }, cookie).expect(200);
    expect((await app01.next('run')).lease?.grant).toMatchObject({ code: 'the-code' });

    a.process.child.kill('SIGKILL');
    await Promise.all([a.process.ended, svc01.closed(), app01.closed()]);
    const again = await ScriptedAgent.join(b.url, identities.svc01);
    const repeated = await again.next('run');
    expect([repeated.runId, repeated.lease?.id, repeated.tasks]).toEqual([
      run.id,
      order.lease?.id,
      order.tasks,
    ]);
    await refresh(again, repeated);
    expect(part(await getRun(b, run.id), 'svc01')).toMatchObject({ state: 'done' });

    const back = await ScriptedAgent.join(b.url, identities.app01);
    const { body } = await vi.waitFor(async () => {
      const found = await client(b).get(`/v1/sites/${siteId}/sign-ins/${id}`).expect(200);
      expect(found.body.state).toBe('failed');
      return found;
    });
    expect(body.failure).toMatch(/connection ended/);
    expect(back.unread('run')).toEqual([]);
    await Promise.all([again.leave(), back.leave()]);
    a = await start();
  });
});
