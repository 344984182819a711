import { createHash } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Run } from '../apps/api/src/work/runs/run.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  addMailbox,
  answer,
  client,
  CLIENT_ID,
  CLIENT_SECRET,
  comeBack,
  createMailSite,
  dump,
  startSignIn,
  TENANT,
  tokensFor,
} from './support/mail-site.ts';
import { enrolServer, type Identity, ScriptedAgent } from './support/scripted-agent.ts';

const SALES = 'sales@example.com';
const CODE = 'the-code-that-entra-gave';

describe('the journey of a token', () => {
  let api: RunningApi;
  let siteId: string;
  let identities: Record<'svc01' | 'app01', Identity>;
  let svc01: ScriptedAgent;
  let app01: ScriptedAgent;
  let runId: string;
  const secrets = [CLIENT_SECRET, CODE];

  beforeAll(async () => {
    api = await startApi();
    siteId = await createMailSite(api);
    identities = {
      svc01: await enrolServer(api, siteId, 'svc01', ['services']),
      app01: await enrolServer(api, siteId, 'app01', ['application']),
    };
    svc01 = await ScriptedAgent.join(api.url, identities.svc01);
    app01 = await ScriptedAgent.join(api.url, identities.app01);
    await addMailbox(api, siteId, SALES);
  });
  afterAll(() => api.close());

  const read = async (path: string) => (await client(api).get(`/v1/sites/${siteId}${path}`).expect(200)).body;

  it('begins at the application server that was chosen: a code, redeemed with PKCE', async () => {
    const { id, parameters, url, cookie } = await startSignIn(
      api,
      siteId,
      'Sales@Example.com',
      identities.app01.serverId,
    );
    expect(url.pathname).toBe(`/${TENANT}/oauth2/v2.0/authorize`);
    const { port } = api.server.address() as { port: number };
    expect(parameters.get('redirect_uri')).toBe(`http://localhost:${port}/v1/sign-ins/callback`);
    const state = parameters.get('state') ?? '';
    secrets.push(state);

    const page = await comeBack(api, { state, code: CODE, session_state: 'x' }, cookie).expect(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    for (const secret of secrets) expect(page.text).not.toContain(secret);

    const order = await app01.next('run');
    expect(order.tasks).toEqual([
      {
        check: 'token.redeem',
        target: {
          name: 'sales-at-example-com',
          host: 'login.microsoftonline.com',
          port: 443,
          mailbox: SALES,
        },
      },
    ]);
    expect(order.lease).toMatchObject({
      userName: SALES,
      tenant: TENANT,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      grant: { kind: 'authorization-code', code: CODE, redirectUri: parameters.get('redirect_uri') },
    });
    const grant = order.lease?.grant;
    const verifier = grant?.kind === 'authorization-code' ? grant.codeVerifier : '';
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(parameters.get('code_challenge'));
    secrets.push(verifier);
    expect((await read(`/sign-ins/${id}`)).state).toBe('redeeming');

    app01.send('tokens', tokensFor(order, 'first'));
    const claims = { user: SALES, userFrom: 'id-token', opaque: true, roles: [], amr: [] };
    const none = Object.fromEntries(
      ['aud', 'scp', 'tid', 'appid', 'oid', 'iss', 'ver', 'idtyp', 'appidacr', 'iat', 'nbf', 'exp'].map(
        (name) => [name, null],
      ),
    );
    await answer(app01, order, () => ({ evidence: { claims: { ...none, ...claims } } }));
    const done = await read(`/sign-ins/${id}`);
    expect(done).toMatchObject({ state: 'done', failure: null, runId: order.runId });
    expect((await read(`/results/${done.resultId}`)).result.check).toBe('token.redeem');
    expect(await read(`/runs/${order.runId}`)).toMatchObject({ kind: 'sign-in', state: 'done' });
    secrets.push('refresh-token-of-first', 'access-token-of-first');
  });

  it('is told in facts', async () => {
    const { items } = await read('/credentials');
    expect(items).toMatchObject([
      {
        userName: SALES,
        hasRefreshToken: true,
        claims: { user: SALES },
        obtainedBy: identities.app01.serverId,
        refreshedAt: null,
      },
    ]);
  });

  it('goes on at the services server, which refreshes; the application server gets the access token alone', async () => {
    const { body } = await client(api).post(`/v1/sites/${siteId}/runs`).send({}).expect(202);
    const begun = Run.parse(body);
    runId = begun.id;
    const expected = (run: Run) => Object.fromEntries(run.servers.map((one) => [one.name, one.expected]));
    expect(expected(begun)).toEqual({ svc01: 6 + 3, app01: 6 + 1 });

    const [plain, leased] = [await svc01.next('run'), await svc01.next('run')];
    expect(plain.lease).toBeUndefined();
    expect(leased.lease).toMatchObject({
      clientSecret: CLIENT_SECRET,
      grant: { kind: 'refresh-token', refreshToken: 'refresh-token-of-first' },
    });
    expect(leased.tasks.map(({ check }) => check)).toEqual(['token.refresh', 'imap.mailbox', 'smtp.login']);
    const plainThere = await app01.next('run');
    expect([plainThere.lease, app01.unread('run')]).toEqual([undefined, []]);
    await answer(svc01, plain);
    await answer(app01, plainThere);

    svc01.send('tokens', tokensFor(leased, 'second'));
    await answer(svc01, leased);
    const sending = await app01.next('run');
    expect(sending.tasks.map(({ check, target }) => [check, target.name, target.mailbox])).toEqual([
      ['smtp.login', 'sales', SALES],
    ]);
    expect(sending.lease).toMatchObject({
      clientSecret: null,
      grant: { kind: 'access-token', accessToken: 'access-token-of-second' },
    });
    expect(JSON.stringify(sending)).not.toMatch(/refresh-token-of|secret~value/);
    await answer(app01, sending);
    secrets.push('refresh-token-of-second', 'access-token-of-second');

    const run = Run.parse(await read(`/runs/${runId}`));
    expect([run.kind, run.state]).toEqual(['asked', 'done']);
    expect(run.servers.map(({ state, withheld }) => [state, withheld])).toEqual([
      ['done', []],
      ['done', []],
    ]);
    expect((await read('/credentials')).items[0]).toMatchObject({
      refreshedBy: identities.svc01.serverId,
      refreshedAt: expect.any(String),
    });
  });

  it('is compared: a row for each check of a mailbox, and what a server is not asked', async () => {
    const { rows } = await read('/comparison');
    const ofSales = rows.filter((row: { target: { mailbox?: string } }) => row.target.mailbox === SALES);
    expect(ofSales.map((row: { check: string }) => row.check)).toEqual([
      'token.refresh',
      'imap.mailbox',
      'smtp.login',
    ]);
    const outcomes = (check: string) =>
      ofSales
        .find((row: { check: string }) => row.check === check)
        .cells.map((cell: { outcome: string; sentence: string | null }) => [cell.outcome, cell.sentence]);
    expect(outcomes('imap.mailbox')).toEqual([
      ['no-data', 'Not asked of this server.'],
      ['pass', null],
    ]);
    expect(outcomes('smtp.login').map(([outcome]: string[]) => outcome)).toEqual(['pass', 'pass']);
  });

  it('leaves no secret that could be read: not in any table, nor in any answer', async () => {
    const text = await dump(api);
    expect(text).toContain(SALES);
    const answers = await Promise.all(
      [
        '',
        '/client-secret',
        '/credentials',
        '/sign-ins',
        '/mailboxes',
        '/runs',
        '/results',
        '/comparison',
      ].map(async (path) => JSON.stringify(await read(path))),
    );
    expect(secrets).toHaveLength(8);
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64'));
      for (const each of answers) expect(each).not.toContain(secret);
    }
  });

  it('ends when the credential is forgotten', async () => {
    await client(api).delete(`/v1/sites/${siteId}/credentials/${SALES}`).expect(204);
    await client(api).delete(`/v1/sites/${siteId}/credentials/${SALES}`).expect(404);
    const { body } = await client(api)
      .post(`/v1/sites/${siteId}/runs`)
      .send({ checks: ['imap.mailbox', 'imap.tls'] })
      .expect(202);
    const run = Run.parse(body);
    expect(run.servers.find(({ name }) => name === 'svc01')).toMatchObject({
      expected: 1,
      withheld: [{ userName: SALES, until: null, reason: expect.stringMatching(/not signed in/) }],
    });
  });

  it('can be left out of a run', async () => {
    const { body } = await client(api)
      .post(`/v1/sites/${siteId}/runs`)
      .send({ mailboxes: false })
      .expect(202);
    expect(Run.parse(body).servers.map(({ expected, withheld }) => [expected, withheld])).toEqual([
      [6, []],
      [6, []],
    ]);
  });

  it('has an address that a caller without a key may open, and no other', async () => {
    await request(api.server).get(`/v1/sites/${siteId}/credentials`).expect(401);
    await request(api.server).get('/v1/sign-ins/callback').expect(400);
    await request(api.server).get('/v1/sign-ins/start').expect(400);
  });
});
