import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Application } from '../directory.ts';
import { SEED_APPLICATION, SEED_TENANT_ID } from '../seed.ts';
import { codeIn, type EntraBench, makeEntraBench, SCOPE } from '../testing/entra-bench.ts';

const { clientId, secret } = SEED_APPLICATION;
const SALES = 'sales@contoso.example';
const APP_SCOPE = 'https://outlook.office365.com/.default';

let bench: EntraBench;
let registered: Application;
beforeAll(async () => {
  bench = await makeEntraBench();
  registered = { ...bench.application };
});
afterAll(() => bench.stop());
beforeEach(() => void Object.assign(bench.application, registered));

const codeOf = async (changed?: Record<string, string | null>) =>
  (await bench.signIn(SALES, changed)).get('code') ?? '';
const redeemed = async (changed?: Record<string, string>) => bench.redeem(await codeOf(), changed);

async function refreshToken(): Promise<string> {
  return String((await redeemed()).json()['refresh_token']);
}

const refresh = (token: string, more?: Record<string, string>) =>
  bench.token({ grant_type: 'refresh_token', refresh_token: token, ...more });

describe('a code', () => {
  it('gives tokens of the user, for the resource of its scope', async () => {
    const answer = await bench.redeem(await codeOf({ nonce: 'n-1' }), { client_info: '1' });
    const tokens = answer.json();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3900,
      scope: 'https://outlook.office.com/IMAP.AccessAsUser.All',
    });
    expect(decodeJwt(String(tokens['access_token']))).toMatchObject({
      aud: 'https://outlook.office.com',
      scp: 'IMAP.AccessAsUser.All',
      upn: SALES,
      tid: SEED_TENANT_ID,
      appid: clientId,
    });
    expect(decodeJwt(String(tokens['id_token']))).toMatchObject({
      aud: clientId,
      preferred_username: SALES,
      tid: SEED_TENANT_ID,
      nonce: 'n-1',
    });
    const info = Buffer.from(String(tokens['client_info']), 'base64url').toString();
    expect(JSON.parse(info)).toMatchObject({ utid: SEED_TENANT_ID });
  });

  it('gives a token for Graph where Graph’s permission of the same name is asked for', async () => {
    const scope = 'https://graph.microsoft.com/IMAP.AccessAsUser.All';
    const tokens = (await bench.redeem(await codeOf({ scope }), { scope })).json();
    expect(decodeJwt(String(tokens['access_token'])).aud).toBe('https://graph.microsoft.com');
    expect(Object.keys(tokens)).not.toContain('refresh_token');
    expect(Object.keys(tokens)).not.toContain('id_token');
  });

  it('is good once', async () => {
    const code = await codeOf();
    expect((await bench.redeem(code)).status).toBe(200);
    expect(codeIn(await bench.redeem(code))).toBe(54005);
  });

  it('runs out after ten minutes', async () => {
    const code = await codeOf();
    bench.pass(10 * 60_000 + 1);
    expect(codeIn(await bench.redeem(code))).toBe(70008);
  });

  it.each([
    ['another redirect URI', { redirect_uri: 'https://ece.contoso.example/' }, 500112],
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 501481],
    ['a short verifier', { code_verifier: 'v' }, 501491],
    ['an empty verifier', { code_verifier: '' }, 501491],
    ['an empty scope', { scope: ' ' }, 28003],
    ['scopes of two resources', { scope: `${SCOPE} https://graph.microsoft.com/User.Read` }, 700022],
    ['a scope without consent', { scope: 'https://outlook.office.com/SMTP.Send' }, 65001],
    ['an unknown scope', { scope: 'https://outlook.office.com/Nothing' }, 70011],
    ['.default and another', { scope: `${SCOPE} https://outlook.office.com/.default` }, 70011],
    ['a code that was never given', { code: 'made-up' }, 9002313],
    ['no code', { code: '' }, 900144],
  ])('is refused with %s', async (_what, changed, code) => {
    bench.application.scopes = ['IMAP.AccessAsUser.All'];
    const answer = await redeemed(changed);
    expect([answer.status, codeIn(answer)]).toEqual([400, code]);
  });
});

describe('a refresh token', () => {
  it('gives a new one at every use, and the old one stays good', async () => {
    const first = await refreshToken();
    const answer = await refresh(first);
    const second = String(answer.json()['refresh_token']);
    expect(second).not.toBe(first);
    expect([(await refresh(first)).status, (await refresh(second)).status]).toEqual([200, 200]);
  });

  it('runs out when it was not used for 90 days', async () => {
    const token = await refreshToken();
    bench.pass(90 * 86_400_000 + 1);
    expect(codeIn(await refresh(token))).toBe(700082);
  });

  it('of a single-page application is no use to a server', async () => {
    bench.application.platform = 'spa';
    expect(codeIn(await refresh(await refreshToken()))).toBe(700084);
  });

  it('is refused when made up, of another client, or of a user that is gone', async () => {
    expect(codeIn(await refresh('made-up'))).toBe(9002313);
    const token = await refreshToken();
    const other = '22222222-2222-4333-8444-555555555555';
    bench.directory.addApplication({ ...bench.application, clientId: other });
    expect(codeIn(await refresh(token, { client_id: other }))).toBe(70000);
    const user = bench.directory.user(SALES);
    bench.directory.users.delete(SALES);
    expect(codeIn(await refresh(token))).toBe(50034);
    if (user) bench.directory.addUser(user);
  });
});

describe('the application itself', () => {
  const own = (form: Record<string, string> = {}) =>
    bench.token({ grant_type: 'client_credentials', scope: APP_SCOPE, ...form });

  it('gets a token with its roles and without a user, and nothing to refresh', async () => {
    const tokens = (await own()).json();
    expect(Object.keys(tokens).sort()).toEqual([
      'access_token',
      'expires_in',
      'ext_expires_in',
      'token_type',
    ]);
    expect(decodeJwt(String(tokens['access_token']))).toMatchObject({
      aud: 'https://outlook.office365.com',
      roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
    });
  });

  it('is refused any other scope', async () => {
    expect(codeIn(await own({ scope: 'https://outlook.office365.com/SMTP.Send' }))).toBe(1002012);
    expect(codeIn(await own({ scope: 'https://api.example/.default' }))).toBe(500011);
  });

  it('needs a tenant', async () => {
    const path = '/common/oauth2/v2.0/token';
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
    expect(codeIn(await bench.get(path, { form }))).toBe(50059);
  });
});

describe('the client', () => {
  const own = (form: Record<string, string>, headers?: Record<string, string>) =>
    bench.post(
      'token',
      { grant_type: 'client_credentials', scope: APP_SCOPE, ...form },
      headers && { headers },
    );

  it('may prove itself by HTTP Basic', async () => {
    const authorization = (value: string) => ({
      authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(value)}`).toString('base64')}`,
    });
    expect((await own({}, authorization(secret))).status).toBe(200);
    expect(codeIn(await own({}, authorization('wrong%')))).toBe(7000215);
  });

  it.each([
    ['with a wrong secret', { client_secret: 'an id' }, 401, 7000215],
    ['with a secret that has run out', { client_secret: 'old' }, 401, 7000222],
    ['without a secret', { client_secret: '' }, 401, 7000218],
    ['that is unknown', { client_id: 'nobody' }, 400, 700016],
  ])('is refused %s', async (_what, form, status, code) => {
    bench.application.secrets = [...registered.secrets, { value: 'old', expiresAt: new Date(0) }];
    const answer = await own({ client_id: clientId, client_secret: secret, ...form });
    expect([answer.status, codeIn(answer)]).toEqual([status, code]);
  });

  it('is refused a secret when it is public, and anything when it is switched off', async () => {
    const form = { client_id: clientId, client_secret: secret };
    bench.application.platform = 'public';
    expect(codeIn(await own(form))).toBe(700025);
    bench.application.enabled = false;
    expect(codeIn(await own(form))).toBe(7000112);
  });
});

describe('a request', () => {
  it.each([
    ['of an unknown grant', { grant_type: 'password' }, 70003],
    ['of no grant', {}, 900144],
    ['with resource', { grant_type: 'client_credentials', resource: 'https://outlook.office.com' }, 901002],
  ])('%s is refused', async (_what, form, code) => {
    expect(codeIn(await bench.token(form))).toBe(code);
  });

  it('by GET, of another type, or too long, is refused', async () => {
    const path = `/${SEED_TENANT_ID}/oauth2/v2.0/token`;
    expect(codeIn(await bench.get(path))).toBe(900561);
    const json = { 'content-type': 'application/json' };
    expect(codeIn(await bench.get(path, { body: '{}', headers: json }))).toBe(900144);
    expect((await bench.get(path, { body: 'a'.repeat(65_537) })).status).toBe(413);
  });
});
