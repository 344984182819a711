import type { RunOrder, Task } from '@mailpath/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../apps/api/src/clock.ts';
import { LeasesService } from '../apps/api/src/leases/leases.service.ts';
import { MailboxSchedule } from '../apps/api/src/runs/mailbox-schedule.service.ts';
import { Run } from '../apps/api/src/runs/run.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { addMailbox, answer, client, createMailSite, signIn, tokensFor } from './support/mail-site.ts';
import { enrolServer, type Identity, resultOf, ScriptedAgent } from './support/scripted-agent.ts';

const SALES = 'sales@example.com';
const SUPPORT = 'support@example.com';
const SHARED = 'shared@example.com';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('orders with credentials', () => {
  let siteId: string;
  let identities: Record<'svc01' | 'svc02' | 'app01', Identity>;
  let svc01: ScriptedAgent;
  let svc02: ScriptedAgent;
  let app01: ScriptedAgent;
  let clock: Clock;

  beforeEach(async () => {
    siteId = await createMailSite(api);
    identities = {
      svc01: await enrolServer(api, siteId, 'svc01', ['services']),
      svc02: await enrolServer(api, siteId, 'svc02', ['services']),
      app01: await enrolServer(api, siteId, 'app01', ['application']),
    };
    svc01 = await ScriptedAgent.join(api.url, identities.svc01);
    svc02 = await ScriptedAgent.join(api.url, identities.svc02);
    app01 = await ScriptedAgent.join(api.url, identities.app01);
    clock = api.app.get(Clock);
  });
  afterEach(async () => {
    clock.now = () => new Date();
    for (const agent of [svc01, svc02, app01]) agent.socket.close();
    await Promise.all([svc01.closed(), svc02.closed(), app01.closed()]);
  });

  /** Signing in alone, without the checks that need no credential. */
  const run = async (
    checks = ['token.refresh', 'imap.mailbox', 'smtp.login', 'mail.round-trip'],
  ): Promise<Run> => {
    const { body } = await client(api).post(`/v1/sites/${siteId}/runs`).send({ checks }).expect(202);
    return Run.parse(body);
  };
  const get = async (id: string): Promise<Run> =>
    Run.parse((await client(api).get(`/v1/sites/${siteId}/runs/${id}`).expect(200)).body);
  const part = (of: Run, name: string) => of.servers.find((server) => server.name === name);
  const refresh = async (agent: ScriptedAgent, order: RunOrder, name = 'again'): Promise<void> => {
    agent.send('tokens', tokensFor(order, name));
    await answer(agent, order);
  };
  const failing =
    (check: string, code: string, phase: string, evidence: object = {}) =>
    (task: Task): object =>
      task.check === check
        ? {
            outcome: code === 'throttled' ? 'throttled' : 'fail',
            failure: { phase, code, message: 'said no' },
            evidence,
          }
        : {};
  const ready = async (...addresses: string[]): Promise<void> => {
    for (const address of addresses) {
      await addMailbox(api, siteId, address);
      await signIn(api, siteId, address, app01, identities.app01.serverId);
    }
  };

  it('reach one agent at a time for one mailbox, services servers first', async () => {
    await ready(SALES);
    const { id } = await run();
    const first = await svc01.next('run');
    expect([svc02.unread('run'), app01.unread('run')]).toEqual([[], []]);
    await refresh(svc01, first);
    const second = await svc02.next('run');
    expect(app01.unread('run')).toEqual([]);
    expect(second.lease?.id).not.toBe(first.lease?.id);
    await refresh(svc02, second, 'svc02');
    const third = await app01.next('run');
    expect(third.lease?.grant).toMatchObject({ accessToken: 'access-token-of-svc02' });
    await answer(app01, third);
    expect((await get(id)).state).toBe('done');
  });

  it('reach several agents at the same time for different mailboxes', async () => {
    await ready(SALES, SUPPORT);
    await run();
    const [one, other] = [await svc01.next('run'), await svc01.next('run')];
    expect(new Set([one.lease?.userName, other.lease?.userName])).toEqual(new Set([SALES, SUPPORT]));
    await refresh(svc01, one);
    expect((await svc02.next('run')).lease?.userName).toBe(one.lease?.userName);
  });

  it('open all mailboxes of a shared account with one refresh', async () => {
    for (const address of [SALES, SUPPORT]) await addMailbox(api, siteId, address, { userName: SHARED });
    await signIn(api, siteId, SHARED, app01, identities.app01.serverId);
    await run();
    const order = await svc01.next('run');
    expect(order.tasks.map(({ check, target }) => `${check} ${target.mailbox ?? ''}`)).toEqual([
      `token.refresh ${SHARED}`,
      `imap.mailbox ${SALES}`,
      `smtp.login ${SALES}`,
      `imap.mailbox ${SUPPORT}`,
      `smtp.login ${SUPPORT}`,
    ]);
  });

  it('end with the connection of their agent, and the next one goes out', async () => {
    await ready(SALES);
    await run();
    await svc01.next('run');
    svc01.socket.terminate();
    expect((await svc02.next('run')).lease?.grant.kind).toBe('refresh-token');
  });

  it('end when their time is over, and what comes later is not taken', async () => {
    await ready(SALES);
    await run();
    const order = await svc01.next('run');
    clock.now = () => new Date(Date.parse(order.lease?.expiresAt ?? '') + 1);
    await api.app.get(LeasesService).settle();
    const next = await svc02.next('run');
    expect(next.lease?.grant).toMatchObject({ refreshToken: `refresh-token-of-${SALES}` });
    await refresh(svc01, order, 'too-late');
    await refresh(svc02, next, 'in-time');
    expect((await app01.next('run')).lease?.grant).toMatchObject({ accessToken: 'access-token-of-in-time' });
  });

  it('take tokens from the agent that holds the lease and from no other', async () => {
    await ready(SALES);
    await run();
    const order = await svc01.next('run');
    svc02.send('tokens', tokensFor(order, 'an-intruder'));
    svc02.send('device-code', {
      leaseId: order.lease?.id,
      userCode: 'X',
      verificationUri: 'https://example.com',
      expiresAt: new Date().toISOString(),
    });
    // What comes after it on the same connection is answered after it.
    await svc02.deliver([{ sequence: svc02.nextSequence(), runId: null, result: resultOf() }]);
    const { body } = await client(api).get(`/v1/sites/${siteId}/credentials`).expect(200);
    expect(body.items[0].refreshedAt).toBeNull();
    await answer(svc01, order);
    expect((await svc02.next('run')).lease?.grant).toMatchObject({
      refreshToken: `refresh-token-of-${SALES}`,
    });
  });

  it('say of an application server that no services server refreshed, and expect nothing of it', async () => {
    await ready(SALES);
    const { id } = await run();
    for (const agent of [svc01, svc02]) {
      const order = await agent.next('run');
      await answer(agent, order, failing('token.refresh', 'unavailable', 'token'));
    }
    const done = await get(id);
    expect(done.state).toBe('done');
    expect(part(done, 'app01')).toMatchObject({
      state: 'done',
      expected: 0,
      withheld: [{ userName: SALES, reason: expect.stringMatching(/No services server has refreshed/) }],
    });
  });

  it('do not present a refused credential again from the same server, until the user signs in anew', async () => {
    await ready(SALES);
    await run();
    await answer(svc01, await svc01.next('run'), failing('token.refresh', 'denied', 'token'));
    await refresh(svc02, await svc02.next('run'));
    await answer(app01, await app01.next('run'));

    const held = await run();
    expect(part(held, 'svc01')).toMatchObject({
      expected: 0,
      state: 'done',
      withheld: [
        { userName: SALES, until: expect.any(String), reason: expect.stringMatching(/token\.refresh/) },
      ],
    });
    const until = Date.parse(part(held, 'svc01')?.withheld[0]?.until ?? '');
    expect(until - Date.parse(held.requestedAt)).toBeGreaterThan(590_000);
    await refresh(svc02, await svc02.next('run'));
    await answer(app01, await app01.next('run'));

    await signIn(api, siteId, SALES, app01, identities.app01.serverId);
    expect(part(await run(), 'svc01')?.withheld).toEqual([]);
  });

  it('leave a mailbox alone everywhere when the other end asked to slow down, for as long as it asked', async () => {
    await ready(SALES);
    const { id } = await run();
    await answer(
      svc01,
      await svc01.next('run'),
      failing('imap.mailbox', 'throttled', 'authenticate', {
        dialogue: { lines: ['S: BAD Request is throttled. Suggested Backoff Time: 120000 milliseconds'] },
      }),
    );
    // Those that were waiting for the mailbox are not sent either.
    const over = await get(id);
    expect([over.state, part(over, 'svc02')?.expected, part(over, 'app01')?.expected]).toEqual([
      'done',
      0,
      0,
    ]);
    expect(part(over, 'svc02')?.withheld[0]).toMatchObject({ reason: expect.stringMatching(/slow down/) });
    expect([svc02.unread('run'), app01.unread('run')]).toEqual([[], []]);

    clock.now = () => new Date(Date.now() + 121_000);
    const after = await run();
    expect(part(after, 'svc01')?.withheld).toEqual([]);
    expect((await svc01.next('run')).runId).toBe(after.id);
  });

  it('wait until the mailbox has room for more logins and mails', async () => {
    await addMailbox(api, siteId, SALES, { roundTrip: true });
    await signIn(api, siteId, SALES, app01, identities.app01.serverId);
    await run();
    const order = await svc01.next('run');
    expect(order.tasks.at(-1)).toMatchObject({ check: 'mail.round-trip', reading: { protocol: 'imap' } });
    await refresh(svc01, order);
    await refresh(svc02, await svc02.next('run'));
    await answer(app01, await app01.next('run'));
    // Two mails were sent within this minute: a third has to wait.
    await run();
    expect(svc01.unread('run')).toEqual([]);
    clock.now = () => new Date(Date.now() + 61_000);
    await api.app.get(LeasesService).settle();
    expect((await svc01.next('run')).tasks.map(({ check }) => check)).toContain('mail.round-trip');
  });

  it('go out by themselves when a round is due, and one instance begins it', async () => {
    const other = await startApi({ database: api.database });
    try {
      await ready(SALES);
      await client(api).patch(`/v1/sites/${siteId}`).send({ mailboxEverySeconds: 60 }).expect(200);
      const schedules = [api, other].map(({ app }) => app.get(MailboxSchedule));
      await Promise.all(schedules.map((schedule) => schedule.tick()));
      const order = await svc01.next('run');
      const due = await get(order.runId);
      expect([due.kind, part(due, 'svc01')?.expected, part(due, 'app01')?.expected]).toEqual([
        'mailboxes',
        3,
        1,
      ]);
      await refresh(svc01, order);
      await refresh(svc02, await svc02.next('run'));
      await answer(app01, await app01.next('run'));
      await Promise.all(schedules.map((schedule) => schedule.tick()));
      expect(svc01.unread('run')).toEqual([]);
      clock.now = () => new Date(Date.now() + 61_000);
      await Promise.all(schedules.map((schedule) => schedule.tick()));
      expect((await svc01.next('run')).runId).not.toBe(order.runId);
    } finally {
      await other.close();
    }
  });

  it("use the application's own token where the site says so, and keep none of it", async () => {
    await client(api).patch(`/v1/sites/${siteId}`).send({ grant: 'app-only' }).expect(200);
    await addMailbox(api, siteId, SALES);
    await run(['token.app-only', 'imap.mailbox', 'smtp.login']);
    const order = await svc01.next('run');
    expect(order.tasks[0]?.check).toBe('token.app-only');
    expect(order.lease).toMatchObject({
      userName: SALES,
      scopes: ['https://outlook.office365.com/.default'],
      grant: { kind: 'client-credentials' },
    });
    svc01.send('tokens', { ...tokensFor(order, 'the-application'), refreshToken: null });
    await answer(svc01, order);
    const { body } = await client(api).get(`/v1/sites/${siteId}/credentials`).expect(200);
    expect(body.items).toEqual([]);
  });
});
