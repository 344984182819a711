import { describe, expect, it } from 'vitest';
import { attackedSite, handled } from './support/attacked-site.ts';
import { judged } from './support/finding-site.ts';
import { addMailbox, answer, claimsOf, client, CLIENT_SECRET, tokensFor } from './support/mail-site.ts';
import {
  approve,
  enrolAgain,
  enrolUnapproved,
  fingerprintOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';
import { part, refresh } from './support/three-servers.ts';

const SALES = 'sales@example.com';
const SUPPORT = 'support@example.com';

const here = attackedSite();

const waiting = async () => {
  await judged(here.api);
  const { items } = await here.read('/findings?state=open');
  return items.filter(({ rule }: { rule: string }) => rule === 'mailpath.approval-awaited');
};

describe('whoever has an API key and no approval', () => {
  it('is lent nothing on a server of his own: not the client secret, not a refresh token, not a code', async () => {
    await here.site.ready(SALES);
    const svc03 = await enrolUnapproved(here.api, here.site.siteId, 'svc03', ['services', 'application']);
    const agent = await here.join(svc03);
    const run = await here.site.run();
    expect(part(run, 'svc03')).toMatchObject({
      expected: 0,
      withheld: [{ userName: SALES, reason: expect.stringMatching(/waits for approval.*approval\./) }],
    });
    const body = { userName: SUPPORT, serverId: svc03.serverId };
    for (const flow of ['browser', 'device-code']) {
      const refused = await client(here.api)
        .post(here.path('/sign-ins'))
        .send({ ...body, flow })
        .expect(409);
      expect(refused.body.detail).toMatch(/svc03: .*waits for approval/);
    }
    await handled(agent);
    expect(agent.unread('run')).toEqual([]);
  });

  it('is told of, with host and fingerprint, until somebody confirms the key that was seen', async () => {
    await addMailbox(here.api, here.site.siteId, SALES);
    const svc03 = await enrolUnapproved(here.api, here.site.siteId, 'svc03', ['services']);
    const [finding, ...more] = await waiting();
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ owner: 'ece-administrator', servers: [{ name: 'svc03' }] });
    expect(finding.summary).toContain('svc03: This server waits for approval');
    const { agent } = await here.read(`/servers/${svc03.serverId}`);
    expect(agent).toMatchObject({
      approval: 'waiting',
      approvedAt: null,
      approvedBy: null,
      lentNothing: 'unapproved',
      keyFingerprint: fingerprintOf(svc03),
      hostName: 'test',
    });
    const ofServer = await here.read(`/findings?serverId=${svc03.serverId}`);
    expect(ofServer.items).toHaveLength(1);
    const { rows, servers } = await here.read('/comparison');
    const column = servers.findIndex(({ name }: { name: string }) => name === 'svc03');
    const row = rows.find(({ check }: { check: string }) => check === 'imap.mailbox');
    expect(row.cells[column].sentence).toMatch(/waits for approval/);

    // Somebody takes its place between the look and the word.
    const swapped = await enrolAgain(here.api, here.site.siteId, svc03.serverId);
    const approval = here.path(`/servers/${svc03.serverId}/approval`);
    const late = await client(here.api)
      .post(approval)
      .send({ fingerprint: fingerprintOf(svc03) })
      .expect(409);
    expect(late.body.detail).toContain(fingerprintOf(swapped));
    const bad = await client(here.api).post(approval).send({ fingerprint: 'mine' }).expect(400);
    expect(bad.body.detail).toMatch(/fingerprint: write the fingerprint/);

    await approve(here.api, swapped);
    expect(await waiting()).toEqual([]);
    await client(here.api).delete(approval).expect(204);
    expect(await waiting()).toHaveLength(1);
  });

  it('is lent nothing in the place of an agent that was approved, nor in a role that it was not approved in', async () => {
    await here.site.ready(SALES);
    const { serverId } = here.site.identities.svc01;
    const again = await here.join(await enrolAgain(here.api, here.site.siteId, serverId));
    await client(here.api)
      .patch(here.path(`/servers/${here.site.identities.app01.serverId}`))
      .send({ roles: ['application', 'services'] })
      .expect(200);
    const run = await here.site.run();
    for (const name of ['svc01', 'app01'])
      expect(part(run, name)?.withheld[0]?.reason).toMatch(/waits for approval/);
    await Promise.all([handled(again), handled(here.site.app01)]);
    expect([again.unread('run'), here.site.app01.unread('run')]).toEqual([[], []]);
  });

  it('is lent nothing once the approval is withdrawn: leases end, and what comes of them is not kept', async () => {
    await here.site.ready(SALES);
    await here.site.run(['token.refresh']);
    const order = await here.site.svc01.next('run');
    await client(here.api)
      .delete(here.path(`/servers/${here.site.identities.svc01.serverId}/approval`))
      .expect(204);
    const next = await here.site.svc02.next('run');
    await refresh(here.site.svc01, order, 'rubbish');
    await handled(here.site.svc01);
    expect((await here.read('/credentials')).items[0].refreshedAt).toBeNull();
    await refresh(here.site.svc02, next, 'svc02');
  });
});

describe('an application server', () => {
  it('is lent access tokens alone where the site signs in as the application itself', async () => {
    await client(here.api).patch(here.path()).send({ grant: 'app-only' }).expect(200);
    await addMailbox(here.api, here.site.siteId, SALES);
    await here.site.run(['token.app-only', 'smtp.login']);
    for (const agent of [here.site.svc01, here.site.svc02]) {
      const order = await agent.next('run');
      expect(order.lease).toMatchObject({
        clientSecret: CLIENT_SECRET,
        grant: { kind: 'client-credentials' },
      });
      agent.send('tokens', { ...tokensFor(order, 'the-application'), refreshToken: null });
      await answer(agent, order);
    }
    const order = await here.site.app01.next('run');
    expect(order.tasks.map(({ check }) => check)).toEqual(['smtp.login']);
    expect(order.lease).toMatchObject({
      clientSecret: null,
      grant: { kind: 'access-token', accessToken: 'access-token-of-the-application' },
    });
    await answer(here.site.app01, order);
  });

  it.each([
    ['another tenant', { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' }],
    ['another application', { appid: '00000000-0000-0000-0000-000000000001' }],
    ['a user', { idtyp: 'user' }],
  ])('is lent no token of the application that is of %s', async (_, changes) => {
    const tenant = '0f0f0f0f-1111-4222-8333-444444444444';
    await client(here.api).patch(here.path()).send({ grant: 'app-only', tenant }).expect(200);
    await addMailbox(here.api, here.site.siteId, SALES);
    const { id } = await here.site.run(['token.app-only', 'smtp.login']);
    for (const agent of [here.site.svc01, here.site.svc02]) {
      const order = await agent.next('run');
      agent.send('tokens', { ...tokensFor(order, 'somebody-else'), refreshToken: null });
      const claims = { ...claimsOf(SALES), user: null, ...changes };
      await answer(agent, order, ({ check }) => (check === 'token.app-only' ? { evidence: { claims } } : {}));
    }
    expect(part(await here.site.get(id), 'app01')).toMatchObject({
      expected: 0,
      withheld: [{ reason: expect.stringMatching(/No services server has obtained/) }],
    });
  });
});

describe('an agent of an older protocol', () => {
  it('is lent nothing, and that is told in the run, at a sign-in and in its server', async () => {
    await here.site.ready(SALES);
    const { identities, siteId } = here.site;
    await here.site.app01.leave();
    const old = await ScriptedAgent.connect(here.api.url);
    here.stays(old);
    await old.sendJoin(identities.app01, { protocol: 1 });
    await old.next('welcome');
    const server = await here.read(`/servers/${identities.app01.serverId}`);
    expect(server.agent).toMatchObject({ state: 'connected', protocol: 1 });
    expect(part(await here.site.run(), 'app01')).toMatchObject({
      expected: 0,
      withheld: [{ reason: expect.stringMatching(/protocol.*Update the agent/) }],
    });
    const body = { userName: SALES, serverId: identities.app01.serverId };
    const { body: problem } = await client(here.api)
      .post(`/v1/sites/${siteId}/sign-ins`)
      .send(body)
      .expect(409);
    expect(problem.detail).toMatch(/app01: .*Update the agent/);
    await handled(old);
    expect(old.unread('run')).toEqual([]);
  });

  it('is lent to as before where leases are guarded in its protocol, though this one is newer', async () => {
    await here.site.ready(SALES);
    const { identities } = here.site;
    await here.site.app01.leave();
    const earlier = await ScriptedAgent.connect(here.api.url);
    here.stays(earlier);
    await earlier.sendJoin(identities.app01, { protocol: 2 });
    await earlier.next('welcome');
    expect((await here.read(`/servers/${identities.app01.serverId}`)).agent).toMatchObject({ protocol: 2 });
    expect(JSON.stringify(part(await here.site.run(), 'app01'))).not.toContain('Update the agent');
  });
});
