import { describe, expect, it } from 'vitest';
import { attackedSite, handled } from './support/attacked-site.ts';
import { answer, client, signIn, tokensFor } from './support/mail-site.ts';
import { resultOf } from './support/scripted-agent.ts';
import { failing, part, refresh, startThreeServers } from './support/three-servers.ts';

const SALES = 'sales@example.com';
const SUPPORT = 'support@example.com';

const here = attackedSite();

describe('an agent that was taken over', () => {
  it('sends nobody to a page that is not of Microsoft', async () => {
    const body = { userName: SALES, serverId: here.site.identities.app01.serverId, flow: 'device-code' };
    const { body: made } = await client(here.api).post(here.path('/sign-ins')).send(body).expect(201);
    const order = await here.site.app01.next('run');
    expect(order.lease?.clientSecret).toBeNull();
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const verificationUri = 'https://login.evil.example/device';
    here.site.app01.send('device-code', {
      leaseId: order.lease?.id,
      userCode: 'F7K2',
      verificationUri,
      expiresAt,
    });
    here.site.app01.send('tokens', tokensFor(order, 'evil'));
    await answer(here.site.app01, order);
    expect(await here.signInOf(made.id)).toMatchObject({
      state: 'failed',
      userCode: null,
      verificationUri: null,
      failure: expect.stringMatching(/login\.evil\.example.*no page of Microsoft's/),
    });
    expect((await here.read('/credentials')).items).toEqual([]);
  });

  it('silences no mailbox: not without a lease, not of others with one', async () => {
    await here.site.ready(SALES, SUPPORT);
    const throttled = (mailbox: string, runId: string | null = null) => ({
      sequence: here.site.svc02.nextSequence(),
      runId,
      result: resultOf({
        check: 'imap.mailbox',
        target: { name: mailbox.split('@')[0] ?? '', host: 'outlook.office365.com', port: 993, mailbox },
        outcome: 'throttled',
        failure: { phase: 'authenticate', code: 'throttled', message: 'Retry-After: 3600' },
      }),
    });
    await here.site.svc02.deliver([throttled(SALES)]);
    const run = await here.site.run();
    expect(run.servers.flatMap(({ withheld }) => withheld)).toEqual([]);
    await refresh(here.site.svc01, await here.site.svc01.next('run'));
    const other = await here.site.svc02.next('run');
    // In the name of its own task, and of the run, for a mailbox that its lease is not for.
    const not = other.lease?.userName === SALES ? SUPPORT : SALES;
    const { result, ...delivery } = throttled(not, other.runId);
    const [task] = other.tasks.filter(({ check }) => check === 'imap.mailbox');
    await here.site.svc02.deliver([
      { ...delivery, result: { ...result, target: { ...result.target, name: task?.target.name ?? '' } } },
    ]);
    await refresh(here.site.svc02, other);
    expect(
      await here.api.database.query('select mailbox from mailbox_holds where site_id = $1', [
        here.site.siteId,
      ]),
    ).toEqual([]);
  });

  it('takes no good refresh token away: what it hands in has to work for another server first', async () => {
    await here.site.ready(SALES);
    await here.site.run(['token.refresh']);
    await refresh(here.site.svc01, await here.site.svc01.next('run'), 'rubbish');
    const tried = await here.site.svc02.next('run');
    expect(tried.lease?.grant).toMatchObject({ refreshToken: 'refresh-token-of-rubbish' });
    await answer(here.site.svc02, tried, failing('token.refresh', 'denied', 'token'));

    // It swears that the rubbish works, as often as it likes.
    for (const name of ['rubbish-2', 'rubbish-3']) {
      const { serverId } = here.site.identities.svc01;
      const body = { checks: ['token.refresh'], serverIds: [serverId] };
      await client(here.api).post(here.path('/runs')).send(body).expect(202);
      await refresh(here.site.svc01, await here.site.svc01.next('run'), name);
    }
    const run = await here.site.run(['token.refresh']);
    expect(part(run, 'svc02')?.withheld).toEqual([]);
    await refresh(here.site.svc01, await here.site.svc01.next('run'), 'rubbish-4');
    await answer(
      here.site.svc02,
      await here.site.svc02.next('run'),
      failing('token.refresh', 'denied', 'token'),
    );
    await here.site.run(['token.refresh']);
    const order = await here.site.svc01.next('run');
    expect(order.lease?.grant).toMatchObject({ refreshToken: `refresh-token-of-${SALES}` });
    await refresh(here.site.svc01, order, 'good');
    const used = await here.site.svc02.next('run');
    expect(used.lease?.grant).toMatchObject({ refreshToken: 'refresh-token-of-good' });
    await refresh(here.site.svc02, used, 'better');
  });

  it('takes none away at a sign-in either', async () => {
    await here.site.ready(SALES);
    await signIn(here.api, here.site.siteId, SALES, here.site.app01, here.site.identities.app01.serverId);
    await here.site.run(['token.refresh']);
    await answer(
      here.site.svc01,
      await here.site.svc01.next('run'),
      failing('token.refresh', 'denied', 'token'),
    );
    const order = await here.site.svc02.next('run');
    expect(order.lease?.grant.kind).toBe('refresh-token');
    await refresh(here.site.svc02, order);
    expect((await here.read('/credentials')).items[0]).toMatchObject({ hasRefreshToken: true });
  });

  it('hands in nothing for another lease than its own, nor for a lease of another site', async () => {
    await here.site.ready(SALES);
    const elsewhere = await startThreeServers(here.api);
    try {
      await here.site.run(['token.refresh']);
      const order = await here.site.svc01.next('run');
      for (const intruder of [here.site.svc02, elsewhere.svc01]) {
        await refresh(intruder, order, 'an-intruder');
        await handled(intruder);
      }
      expect((await here.read('/credentials')).items[0].refreshedAt).toBeNull();
      await refresh(here.site.svc01, order);
      await refresh(here.site.svc02, await here.site.svc02.next('run'));
    } finally {
      await elsewhere.end();
    }
  });
});
