import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LeasesService } from '../apps/api/src/work/leases/leases.service.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { addMailbox, answer, client, signIn } from './support/mail-site.ts';
import { failing, part, refresh, startThreeServers, type ThreeServers } from './support/three-servers.ts';

const SALES = 'sales@example.com';

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

describe('orders with credentials that must wait', () => {
  it('say of an application server that no services server refreshed, and expect nothing of it', async () => {
    await site.ready(SALES);
    const { id } = await site.run();
    for (const agent of [site.svc01, site.svc02]) {
      const order = await agent.next('run');
      await answer(agent, order, failing('token.refresh', 'unavailable', 'token'));
    }
    const done = await site.get(id);
    expect(done.state).toBe('done');
    expect(part(done, 'app01')).toMatchObject({
      state: 'done',
      expected: 0,
      withheld: [{ userName: SALES, reason: expect.stringMatching(/No services server has refreshed/) }],
    });
  });

  it('do not wait for a lease whose results could not be noted', async () => {
    await site.ready(SALES);
    const { id } = await site.run();
    const order = await site.svc01.next('run');
    await api.database.query('alter table credential_holds add constraint nothing_new check (false)');
    try {
      await answer(site.svc01, order, failing('token.refresh', 'denied', 'token'));
    } finally {
      await api.database.query('alter table credential_holds drop constraint nothing_new');
    }
    await refresh(site.svc02, await site.svc02.next('run'));
    expect(part(await site.get(id), 'svc01')).toMatchObject({ state: 'done' });
  });

  it('do not present a refused credential again from the same server, until the user signs in anew', async () => {
    await site.ready(SALES);
    await site.run();
    await answer(site.svc01, await site.svc01.next('run'), failing('token.refresh', 'denied', 'token'));
    await refresh(site.svc02, await site.svc02.next('run'));
    await answer(site.app01, await site.app01.next('run'));

    const held = await site.run();
    expect(part(held, 'svc01')).toMatchObject({
      expected: 0,
      state: 'done',
      withheld: [
        { userName: SALES, until: expect.any(String), reason: expect.stringMatching(/token\.refresh/) },
      ],
    });
    const until = Date.parse(part(held, 'svc01')?.withheld[0]?.until ?? '');
    expect(until - Date.parse(held.requestedAt)).toBeGreaterThan(590_000);
    await refresh(site.svc02, await site.svc02.next('run'));
    await answer(site.app01, await site.app01.next('run'));

    await signIn(api, site.siteId, SALES, site.app01, site.identities.app01.serverId);
    expect(part(await site.run(), 'svc01')?.withheld).toEqual([]);
  });

  it('present a refused secret once in all: no other server does either, in this run or in another', async () => {
    await site.ready(SALES);
    const { id } = await site.run();
    const token = { error: 'invalid_client', aadsts: 7000215, suberror: null };
    await answer(
      site.svc01,
      await site.svc01.next('run'),
      failing('token.refresh', 'denied', 'token', { token }),
    );
    for (const run of [await site.get(id), await site.run()])
      expect(part(run, 'svc02')).toMatchObject({
        expected: 0,
        withheld: [{ userName: SALES, reason: expect.stringMatching(/token\.refresh/) }],
      });
    expect(site.svc02.unread('run')).toEqual([]);
  });

  it('present it again once the application has a new secret', async () => {
    await site.ready(SALES);
    await site.run();
    await answer(site.svc01, await site.svc01.next('run'), failing('token.refresh', 'denied', 'token'));
    await refresh(site.svc02, await site.svc02.next('run'));
    await answer(site.app01, await site.app01.next('run'));
    await client(api)
      .put(`/v1/sites/${site.siteId}/client-secret`)
      .send({ secret: 'another-value-of-it' })
      .expect(204);
    await site.run();
    expect((await site.svc01.next('run')).lease?.clientSecret).toBe('another-value-of-it');
  });

  it('leave a mailbox alone everywhere when the other end asked to slow down, for as long as it asked', async () => {
    await site.ready(SALES);
    const { id } = await site.run();
    await answer(
      site.svc01,
      await site.svc01.next('run'),
      failing('imap.mailbox', 'throttled', 'authenticate', {
        dialogue: { lines: ['S: BAD Request is throttled. Suggested Backoff Time: 120000 milliseconds'] },
      }),
    );
    // Those that were waiting for the mailbox are not sent either.
    const over = await site.get(id);
    expect([over.state, part(over, 'svc02')?.expected, part(over, 'app01')?.expected]).toEqual([
      'done',
      0,
      0,
    ]);
    expect(part(over, 'svc02')?.withheld[0]).toMatchObject({ reason: expect.stringMatching(/slow down/) });
    expect([site.svc02.unread('run'), site.app01.unread('run')]).toEqual([[], []]);

    site.moveClock(() => new Date(Date.now() + 121_000));
    const after = await site.run();
    expect(part(after, 'svc01')?.withheld).toEqual([]);
    expect((await site.svc01.next('run')).runId).toBe(after.id);
  });

  it('wait until the mailbox has room for more logins and mails', async () => {
    await addMailbox(api, site.siteId, SALES, { roundTrip: true });
    await signIn(api, site.siteId, SALES, site.app01, site.identities.app01.serverId);
    await site.run();
    const order = await site.svc01.next('run');
    expect(order.tasks.at(-1)).toMatchObject({ check: 'mail.round-trip', reading: { protocol: 'imap' } });
    await refresh(site.svc01, order);
    await refresh(site.svc02, await site.svc02.next('run'));
    await answer(site.app01, await site.app01.next('run'));
    // Two mails were sent within this minute: a third has to wait.
    await site.run();
    expect(site.svc01.unread('run')).toEqual([]);
    site.moveClock(() => new Date(Date.now() + 61_000));
    await api.app.get(LeasesService).settle();
    expect((await site.svc01.next('run')).tasks.map(({ check }) => check)).toContain('mail.round-trip');
  });
});
