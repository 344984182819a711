import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../apps/api/src/platform/clock.ts';
import type { SignIn } from '../apps/api/src/work/sign-ins/sign-in.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { answer, client, comeBack, createMailSite, startSignIn, tokensFor } from './support/mail-site.ts';
import { enrolServer, type Identity, ScriptedAgent } from './support/scripted-agent.ts';

const SALES = 'sales@example.com';
const ECE = 'https://ece.example.com/system/callback';

let api: RunningApi;
let siteId: string;
let services: Identity;
let identity: Identity;
let agent: ScriptedAgent;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  siteId = await createMailSite(api);
  services = await enrolServer(api, siteId, 'svc01', ['services']);
  identity = await enrolServer(api, siteId, 'app01', ['application']);
  agent = await ScriptedAgent.join(api.url, identity);
});
afterEach(async () => {
  api.app.get(Clock).now = () => new Date();
  agent.socket.close();
  await agent.closed();
});

const start = (changes: object = {}, userName = SALES) =>
  startSignIn(api, siteId, userName, identity.serverId, changes);
const post = (body: object, site = siteId) =>
  client(api)
    .post(`/v1/sites/${site}/sign-ins`)
    .send({ userName: SALES, serverId: identity.serverId, ...body });
const get = async (id: string): Promise<SignIn> =>
  (await client(api).get(`/v1/sites/${siteId}/sign-ins/${id}`).expect(200)).body as SignIn;
const stateOf = (parameters: URLSearchParams): string => parameters.get('state') ?? '';

describe('a sign-in', () => {
  it.each<[string, object, number, RegExp]>([
    ['an unknown server', { serverId: randomUUID() }, 400, /serverId: this site has no server/],
    ['no user name', { userName: 'sales' }, 400, /userName: write an address/],
    ['a redirect URI that is too long', { redirectUri: `https://a/${'x'.repeat(256)}` }, 400, /redirectUri/],
    ['a redirect URI for a device code', { flow: 'device-code', redirectUri: ECE }, 400, /leave it out/],
    ['an unknown flow', { flow: 'password' }, 400, /flow: write one of: browser, device-code/],
  ])('is refused for %s', async (_, body, status, words) => {
    expect((await post(body).expect(status)).body.detail).toMatch(words);
  });

  it('is refused at a services server, since the first token is created from an application server', async () => {
    const { body } = await post({ serverId: services.serverId }).expect(400);
    expect(body.detail).toMatch(/svc01 is not an application server.*S47/);
  });

  it('is refused while the agent is not connected, with the remedy', async () => {
    agent.socket.close();
    await agent.closed();
    const absent = await enrolServer(api, siteId, 'app02', ['application']);
    const { body } = await post({ serverId: absent.serverId }).expect(409);
    expect(body.detail).toMatch(/agent of app02 is not connected.*Start it/);
  });

  it.each([
    ['tenant', { tenant: null }, /tenant/],
    ['clientId', { clientId: null }, /clientId/],
    ['grant', { grant: 'app-only' }, /app-only/],
  ])('is refused as long as the site is not ready: %s', async (_, change, words) => {
    await client(api).patch(`/v1/sites/${siteId}`).send(change).expect(200);
    expect((await post({}).expect(409)).body.detail).toMatch(words);
  });

  it('is refused without a client secret, except for a device code', async () => {
    await client(api).delete(`/v1/sites/${siteId}/client-secret`).expect(204);
    expect((await post({}).expect(409)).body.detail).toMatch(/neither client certificate nor client secret/);
    await post({ flow: 'device-code' }).expect(201);
  });

  it('shows the address to open once', async () => {
    const { id } = await start();
    const again = await get(id);
    expect(again).toMatchObject({ state: 'waiting', userName: SALES, resultId: null });
    expect(again).not.toHaveProperty('startUrl');
    const { body } = await client(api).get(`/v1/sites/${siteId}/sign-ins`).expect(200);
    expect(body.items.map((each: SignIn) => each.id)).toEqual([id]);
  });

  it('takes one answer: the second is refused, whatever it is', async () => {
    const { parameters, cookie } = await start();
    const query = { state: stateOf(parameters), code: 'once' };
    await comeBack(api, query, cookie).expect(200);
    expect((await comeBack(api, query, cookie).expect(409)).body.detail).toMatch(/answered before/);
    await comeBack(api, { state: query.state, error: 'access_denied' }, cookie).expect(409);
    await agent.next('run');
    expect(agent.unread('run')).toEqual([]);
  });

  it('fails with the reason when its server was retired meanwhile', async () => {
    const { id, parameters, cookie } = await start();
    await client(api).delete(`/v1/sites/${siteId}/servers/${identity.serverId}`).expect(204);
    await comeBack(api, { state: stateOf(parameters), code: 'for nobody' }, cookie).expect(200);
    expect(await get(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/server was retired.*choose another server/),
    });
  });

  it('does not blame the agent when the site has lost its tenant meanwhile', async () => {
    const { id, parameters, cookie } = await start();
    await client(api).patch(`/v1/sites/${siteId}`).send({ tenant: null }).expect(200);
    await comeBack(api, { state: stateOf(parameters), code: 'in vain' }, cookie).expect(200);
    expect(await get(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/tenant.*has changed/),
    });
  });

  it('takes no state that was not given out', async () => {
    const { id, parameters, cookie } = await start();
    const forged = stateOf(parameters).replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
    await comeBack(api, { state: forged, code: 'x' }, cookie).expect(404);
    expect((await get(id)).state).toBe('waiting');
  });

  it('expires after 15 minutes', async () => {
    const { id, parameters, cookie } = await start();
    api.app.get(Clock).now = () => new Date(Date.now() + 15 * 60_000);
    expect((await get(id)).state).toBe('expired');
    await comeBack(api, { state: stateOf(parameters), code: 'late' }, cookie).expect(409);
    expect(agent.unread('run')).toEqual([]);
  });

  it("keeps Entra's refusal with its number, and shows the person a page without it", async () => {
    const { id, parameters, cookie } = await start();
    const page = await comeBack(
      api,
      {
        state: stateOf(parameters),
        error: 'access_denied',
        error_description: 'AADSTS65004: User declined <b>to consent</b>.\r\nTrace ID: 1',
      },
      cookie,
    ).expect(200);
    expect(page.text).toContain('Not signed in');
    expect(page.text).not.toContain('declined');
    expect(await get(id)).toMatchObject({
      state: 'failed',
      aadsts: 65004,
      failure:
        'Entra ID refused the sign-in with access_denied: AADSTS65004: User declined <b>to consent</b>.',
    });
  });

  it('may end at another address, which a person pastes', async () => {
    const { id, parameters } = await start({ redirectUri: ECE });
    expect(parameters.get('redirect_uri')).toBe(ECE);
    const paste = (url: string) =>
      client(api).post(`/v1/sites/${siteId}/sign-ins/${id}/answer`).send({ url });
    expect((await paste('ece.example.com').expect(400)).body.detail).toMatch(/url: paste the whole address/);
    expect((await paste(ECE).expect(400)).body.detail).toMatch(/state and code/);
    const other = stateOf((await start({}, 'support@example.com')).parameters);
    expect((await paste(`${ECE}?code=x&state=${other}`).expect(400)).body.detail).toMatch(/another sign-in/);
    const { body } = await paste(`${ECE}?code=pasted&state=${stateOf(parameters)}&session_state=1`).expect(
      200,
    );
    expect(body.state).toBe('redeeming');
    expect((await agent.next('run')).lease?.grant).toMatchObject({ code: 'pasted', redirectUri: ECE });
    await paste(`${ECE}?code=pasted&state=${stateOf(parameters)}`).expect(409);
  });

  it('fails with what the result says', async () => {
    const { id, parameters, cookie } = await start();
    await comeBack(api, { state: stateOf(parameters), code: 'x' }, cookie).expect(200);
    const order = await agent.next('run');
    const message = 'login.microsoftonline.com:443 refused: AADSTS7000215: Invalid client secret provided.';
    await answer(agent, order, () => ({
      outcome: 'fail',
      failure: { phase: 'token', code: 'denied', message },
      evidence: { token: { grant: 'authorization_code', aadsts: 7_000_215 } },
    }));
    expect(await get(id)).toMatchObject({ state: 'failed', failure: message, aadsts: 7_000_215 });
    const { body } = await client(api).get(`/v1/sites/${siteId}/credentials`).expect(200);
    expect(body.items).toEqual([]);
  });

  it('fails when the agent says that it passed, and hands in no tokens', async () => {
    const { id, parameters, cookie } = await start();
    await comeBack(api, { state: stateOf(parameters), code: 'x' }, cookie).expect(200);
    await answer(agent, await agent.next('run'));
    expect(await get(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/did not hand it in/),
    });
  });

  it('fails when the agent leaves in between, and tokens that come afterwards are not taken', async () => {
    const { id, parameters, cookie } = await start();
    await comeBack(api, { state: stateOf(parameters), code: 'x' }, cookie).expect(200);
    const order = await agent.next('run');
    // Its machine is gone: one that answered would be another machine with the same key.
    agent.freeze();
    const again = await ScriptedAgent.join(api.url, identity);
    agent.thaw();
    await agent.closed();
    agent = again;
    again.send('tokens', tokensFor(order, 'too-late'));
    await answer(again, order);
    expect(await get(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/connection ended/),
    });
    const { body } = await client(api).get(`/v1/sites/${siteId}/credentials`).expect(200);
    expect(body.items).toEqual([]);
  });

  it('by device code shows what to type, and is done when the tokens come', async () => {
    const { body } = await post({ flow: 'device-code' }).expect(201);
    expect(body).toMatchObject({ state: 'waiting', startUrl: null, authorizeUrl: null, redirectUri: null });
    const order = await agent.next('run');
    expect(order).toMatchObject({
      checkDeadlineMs: 900_000,
      tasks: [{ check: 'token.device-code' }],
      lease: { grant: { kind: 'device-code' } },
    });
    const code = {
      leaseId: order.lease?.id,
      userCode: 'F7K2-9QXA',
      verificationUri: 'https://microsoft.com/devicelogin',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    };
    agent.send('device-code', code);
    agent.send('tokens', tokensFor(order, 'device'));
    await answer(agent, order);
    expect(await get(body.id as string)).toMatchObject({
      state: 'done',
      userCode: code.userCode,
      verificationUri: code.verificationUri,
      expiresAt: code.expiresAt,
    });
  });
});
