import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LeasesService } from '../apps/api/src/work/leases/leases.service.ts';
import { MailboxSchedule } from '../apps/api/src/work/runs/mailbox-schedule.service.ts';
import type { Run } from '../apps/api/src/work/runs/run.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { addMailbox, answer, client, signIn, tokensFor } from './support/mail-site.ts';
import { resultOf } from './support/scripted-agent.ts';
import { part, refresh, startThreeServers, type ThreeServers } from './support/three-servers.ts';

const SALES = 'sales@example.com';
const SUPPORT = 'support@example.com';
const SHARED = 'shared@example.com';

let api: RunningApi;
let site: ThreeServers;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  site = await startThreeServers(api);
});
afterEach(() => site.end());

describe('orders with credentials', () => {
  it('reach one agent at a time for one mailbox, services servers first', async () => {
    await site.ready(SALES);
    const { id } = await site.run();
    const first = await site.svc01.next('run');
    expect([site.svc02.unread('run'), site.app01.unread('run')]).toEqual([[], []]);
    await refresh(site.svc01, first);
    const second = await site.svc02.next('run');
    expect(site.app01.unread('run')).toEqual([]);
    expect(second.lease?.id).not.toBe(first.lease?.id);
    await refresh(site.svc02, second, 'svc02');
    const third = await site.app01.next('run');
    expect(third.lease?.grant).toMatchObject({ accessToken: 'access-token-of-svc02' });
    await answer(site.app01, third);
    expect((await site.get(id)).state).toBe('done');
  });

  it('give a run the time that the queue ahead of it may take', async () => {
    await site.ready(SALES);
    const lasts = ({ requestedAt, deadlineAt }: Run) => Date.parse(deadlineAt) - Date.parse(requestedAt);
    const [first, second] = [await site.run(), await site.run(['token.refresh', 'imap.mailbox'])];
    expect(lasts(second)).toBeGreaterThan(lasts(first));
  });

  it('wait once for a server and a user: the same run is joined, and of another it is said what waits', async () => {
    await site.ready(SALES);
    const first = await site.run();
    expect((await site.run()).id).toBe(first.id);
    const other = await site.run(['token.refresh', 'imap.mailbox']);
    const told = other.servers.flatMap(({ name, expected, withheld }) =>
      withheld.map(({ userName, reason }) => ({ name, expected, userName, reason })),
    );
    // svc01 is at work for the first one, so it may be asked once more.
    expect(told).toEqual([
      {
        name: 'svc02',
        expected: 0,
        userName: SALES,
        reason: expect.stringMatching(/waits for its turn .* already/),
      },
    ]);
    await refresh(site.svc01, await site.svc01.next('run'));
    expect((await site.svc02.next('run')).runId).toBe(first.id);
  });

  it('reach several agents at the same time for different mailboxes', async () => {
    await site.ready(SALES, SUPPORT);
    await site.run();
    const one = await site.svc01.next('run');
    await refresh(site.svc01, one);
    const [there, here] = [await site.svc02.next('run'), await site.svc01.next('run')];
    expect(there.lease?.userName).toBe(one.lease?.userName);
    expect(new Set([one.lease?.userName, here.lease?.userName])).toEqual(new Set([SALES, SUPPORT]));
  });

  it('open all mailboxes of a shared account with one refresh', async () => {
    for (const address of [SALES, SUPPORT]) await addMailbox(api, site.siteId, address, { userName: SHARED });
    await signIn(api, site.siteId, SHARED, site.app01, site.identities.app01.serverId);
    await site.run();
    const order = await site.svc01.next('run');
    expect(order.tasks.map(({ check, target }) => `${check} ${target.mailbox ?? ''}`)).toEqual([
      `token.refresh ${SHARED}`,
      `imap.mailbox ${SALES}`,
      `smtp.login ${SALES}`,
      `imap.mailbox ${SUPPORT}`,
      `smtp.login ${SUPPORT}`,
    ]);
  });

  it('end with the connection of their agent, and the next one goes out', async () => {
    await site.ready(SALES);
    await site.run();
    await site.svc01.next('run');
    site.svc01.socket.terminate();
    expect((await site.svc02.next('run')).lease?.grant.kind).toBe('refresh-token');
  });

  it('end when their time is over, and what comes later is not taken', async () => {
    await site.ready(SALES);
    await site.run();
    const order = await site.svc01.next('run');
    site.moveClock(() => new Date(Date.parse(order.lease?.expiresAt ?? '') + 1));
    await api.app.get(LeasesService).settle();
    const next = await site.svc02.next('run');
    expect(next.lease?.grant).toMatchObject({ refreshToken: `refresh-token-of-${SALES}` });
    await refresh(site.svc01, order, 'too-late');
    await refresh(site.svc02, next, 'in-time');
    expect((await site.app01.next('run')).lease?.grant).toMatchObject({
      accessToken: 'access-token-of-in-time',
    });
  });

  it('take tokens from the agent that holds the lease and from no other', async () => {
    await site.ready(SALES);
    await site.run();
    const order = await site.svc01.next('run');
    site.svc02.send('tokens', tokensFor(order, 'an-intruder'));
    site.svc02.send('device-code', {
      leaseId: order.lease?.id,
      userCode: 'X',
      verificationUri: 'https://example.com',
      expiresAt: new Date().toISOString(),
    });
    // What comes after it on the same connection is answered after it.
    await site.svc02.deliver([{ sequence: site.svc02.nextSequence(), runId: null, result: resultOf() }]);
    const { body } = await client(api).get(`/v1/sites/${site.siteId}/credentials`).expect(200);
    expect(body.items[0].refreshedAt).toBeNull();
    await answer(site.svc01, order);
    expect((await site.svc02.next('run')).lease?.grant).toMatchObject({
      refreshToken: `refresh-token-of-${SALES}`,
    });
  });

  it('go out by themselves when a round is due, and one instance begins it', async () => {
    const other = await startApi({ database: api.database });
    try {
      await site.ready(SALES);
      await client(api).patch(`/v1/sites/${site.siteId}`).send({ mailboxEverySeconds: 60 }).expect(200);
      const schedules = [api, other].map(({ app }) => app.get(MailboxSchedule));
      await Promise.all(schedules.map((schedule) => schedule.tick()));
      const order = await site.svc01.next('run');
      const due = await site.get(order.runId);
      expect([due.kind, part(due, 'svc01')?.expected, part(due, 'app01')?.expected]).toEqual([
        'mailboxes',
        3,
        1,
      ]);
      await refresh(site.svc01, order);
      await refresh(site.svc02, await site.svc02.next('run'));
      await answer(site.app01, await site.app01.next('run'));
      await Promise.all(schedules.map((schedule) => schedule.tick()));
      expect(site.svc01.unread('run')).toEqual([]);
      site.moveClock(() => new Date(Date.now() + 61_000));
      await Promise.all(schedules.map((schedule) => schedule.tick()));
      expect((await site.svc01.next('run')).runId).not.toBe(order.runId);
    } finally {
      await other.close();
    }
  });

  it("use the application's own token where the site says so, and keep none of it", async () => {
    await client(api).patch(`/v1/sites/${site.siteId}`).send({ grant: 'app-only' }).expect(200);
    await addMailbox(api, site.siteId, SALES);
    await site.run(['token.app-only', 'imap.mailbox', 'smtp.login']);
    const order = await site.svc01.next('run');
    expect(order.tasks[0]?.check).toBe('token.app-only');
    expect(order.lease).toMatchObject({
      userName: SALES,
      scopes: ['https://outlook.office365.com/.default'],
      grant: { kind: 'client-credentials' },
    });
    site.svc01.send('tokens', { ...tokensFor(order, 'the-application'), refreshToken: null });
    await answer(site.svc01, order);
    const { body } = await client(api).get(`/v1/sites/${site.siteId}/credentials`).expect(200);
    expect(body.items).toEqual([]);
  });
});
