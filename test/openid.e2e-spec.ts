import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from './support/api.ts';
import { OpenIdBench, openIdEnv, person } from './support/openid-bench.ts';
import { PUBLIC_URL } from './support/openid-browser.ts';
import { CLIENT } from './support/openid-provider.ts';

const PASSWORD = 'a password of some length';
const OURS = { 'sec-fetch-site': 'same-origin' };

let bench: OpenIdBench;
beforeAll(async () => {
  bench = await OpenIdBench.start();
});
afterAll(() => bench.stop());
beforeEach(() => bench.reset());

describe('sign-in by OpenID Connect', () => {
  it('is not there until it is set up, and says so', async () => {
    const own = await startApi();
    try {
      const { body } = await request(own.server).get('/v1/session/offer').expect(200);
      expect(body).toEqual({ openId: false });
      for (const path of ['/v1/session/openid', '/v1/session/openid/callback?code=a&state=b']) {
        const answer = await request(own.server).get(path).expect(404);
        expect((answer.body as { detail: string }).detail).toContain('is not set up here');
      }
    } finally {
      await own.close();
    }
  });

  it('leads to the provider with PKCE, state and nonce, and back to the page, with a session', async () => {
    const browser = bench.browser();
    expect((await browser.get('/v1/session/offer')).body).toEqual({ openId: true });
    const asked = new URL(await browser.begin('/sites?a=1#b'));
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: CLIENT.id,
      redirect_uri: `${PUBLIC_URL}/v1/session/openid/callback`,
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    const answer = await browser.get(await browser.atProvider(asked.href));
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe(`${PUBLIC_URL}/sites?a=1#b`);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /mailpath_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200/,
    );
    expect(await bench.whoIs(browser)).toMatchObject({ name: 'aiko@contoso.example', role: 'administrator' });
    // Used up; and of one that waits, the database has nothing that completes it.
    expect(await bench.api.database.query('select 1 from openid_starts')).toEqual([]);
    const waiting = new URL(await browser.begin()).searchParams;
    const [{ text }] = (await bench.api.database.query('select s::text as text from openid_starts s')) as [
      { text: string },
    ];
    for (const secret of [
      waiting.get('state'),
      waiting.get('nonce'),
      browser.cookies.get('mailpath_openid'),
    ]) {
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret ?? '', 'base64url').toString('hex'));
    }
  });

  it('gives the roles that groups and app roles map to, anew each time, and keeps the user', async () => {
    const mapped = async (groups: string[], roles: string[] = []) =>
      bench.signedIn(person('roles', groups, { claims: { roles } }));
    const first = await mapped(['admins', 'viewers', 'unknown']);
    expect(first).toMatchObject({ role: 'administrator', sites: [] });
    const second = await mapped([], ['Mail=Desk']);
    expect(second).toMatchObject({
      id: first?.id,
      role: null,
      sites: [{ siteId: bench.siteId, role: 'operator' }],
    });
    // The highest of several at one site, and nothing at a site that is gone.
    const third = await mapped(['both', 'moved'], ['Mail=Desk']);
    expect(third?.sites).toEqual([{ siteId: bench.siteId, role: 'operator' }]);
    expect(await mapped(['viewers', 'both'])).toMatchObject({ id: first?.id, role: 'viewer', sites: [] });
  });

  it('knows a person by issuer and subject alone, whatever else the token says', async () => {
    await bench
      .admin('post', '/v1/users')
      .send({ name: 'taken@contoso.example', password: PASSWORD, role: 'administrator' })
      .expect(201);
    const same = { preferred_username: 'Taken@contoso.example', email: 'taken@contoso.example' };
    const one = await bench.signedIn(person('sub-1', ['viewers'], { claims: same }));
    const two = await bench.signedIn(person('sub-2', ['viewers'], { claims: same }));
    expect(one?.name).toMatch(/^Taken@contoso\.example \([0-9a-f]{8}\)$/);
    expect(two?.name).not.toBe(one?.name);
    expect(two?.id).not.toBe(one?.id);
    expect(one?.role).toBe('viewer');
    expect((await bench.signedIn(person('sub-1', ['viewers'])))?.id).toBe(one?.id);
  });

  it('gives no password, no link and no role of another hand, and ends when the user is ended', async () => {
    const browser = bench.browser();
    bench.provider.person = person('guarded', ['admins']);
    await browser.signIn();
    const { id = '', name = '' } = (await bench.whoIs(browser)) ?? {};
    const { body } = await bench.admin('get', `/v1/users/${id}`).expect(200);
    expect(body).toMatchObject({
      hasPassword: false,
      openId: { issuer: bench.provider.issuer, subject: 'guarded' },
    });
    const own = request(bench.api.server)
      .put('/v1/session/password')
      .set({ cookie: browser.cookie, ...OURS });
    await own.send({ present: null, next: PASSWORD }).expect(409);
    for (const change of [
      { password: PASSWORD },
      { role: 'viewer' },
      { sites: [{ siteId: bench.siteId, role: 'viewer' }] },
    ])
      await bench.admin('patch', `/v1/users/${id}`).send(change).expect(409);
    await bench.admin('post', `/v1/users/${id}/links`).expect(409);
    await expect(
      bench.api.database.query(`update users set password_hash = 'x' where id = '${id}'`),
    ).rejects.toThrow('users_openid_check');
    await request(bench.api.server).post('/v1/session').send({ name, password: PASSWORD }).expect(401);
    await bench.admin('delete', `/v1/users/${id}`).expect(204);
    expect(await bench.whoIs(browser)).toBeNull();
    // Whoever has a role at the provider is let in again, as somebody new.
    expect((await bench.signedIn(person('guarded', ['viewers'])))?.id).not.toBe(id);
  });

  it('leaves an administrator who signs in here, whoever else there is', async () => {
    const [row] = (await bench.api.database.query(
      `select id from users where role = 'administrator' and openid_subject is null and ended_at is null`,
    )) as [{ id: string }];
    await bench.signedIn(person('also an administrator', ['admins']));
    const gone = await bench.admin('delete', `/v1/users/${row.id}`);
    const down = await bench.admin('patch', `/v1/users/${row.id}`).send({ role: 'viewer' });
    expect([gone.status, down.status]).toEqual([409, 409]);
  });

  it('is told in the audit log, done and refused, with nothing of a token', async () => {
    const browser = bench.browser();
    const back = await browser.atProvider(await browser.begin());
    await browser.get(back);
    await browser.get(back);
    bench.provider.person = person('told', []);
    await bench.browser().signIn();
    const { body } = await bench
      .admin('get', '/v1/audit-log?action=completeOpenIdSignIn&limit=3')
      .expect(200);
    const { items } = body as { items: { outcome: string; status: number; actorName: string | null }[] };
    expect(items.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['refused', 403],
      ['refused', 401],
      ['done', 303],
    ]);
    expect(items.at(-1)?.actorName).toBe('aiko@contoso.example');
    const { searchParams } = new URL(back);
    const text = JSON.stringify(items);
    for (const secret of [searchParams.get('code'), searchParams.get('state'), ...browser.cookies.values()])
      expect(text).not.toContain(secret);
  });
});

describe('a refusal', () => {
  it('of what comes before or beside the sign-in is a page for a person, and leads to Mailpath alone', async () => {
    const path = '/v1/session/openid/callback';
    const state = `${path}?code=a&state=${'x'.repeat(201)}`;
    for (const language of ['en', 'ja']) {
      const { text, headers, status } = await bench.browser(language).get(state);
      expect([status, headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(headers['content-language']).toBe(language);
      expect(text).toContain(`<html lang="${language}">`);
      expect(text).not.toContain('xxx');
      // Nowhere else, whatever the request held.
      expect([...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['/']);
    }
    const japanese = bench.browser('ja');
    for (let guess = 0; guess < 10; guess += 1) await japanese.get(`${path}?code=a&state=b`);
    const late = await japanese.get(`${path}?code=a&state=b`);
    expect([late.status, late.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
    expect(late.text).toMatch(/<h1>要求が多すぎます<\/h1>\n<p>[^\x20-\x7e]/);
    // A program is told as ever.
    const { body } = await request(bench.api.server).get(state).expect(400);
    expect(body).toMatchObject({ code: 'validation' });
  });

  it('by the limit of an address, by a fault, or where nothing is set up is a page too', async () => {
    const own = await startApi({
      env: openIdEnv(bench.provider, {
        MAILPATH_OPENID_ROLES: 'group:admins=viewer',
        MAILPATH_REQUESTS_PER_MINUTE: '60',
      }),
    });
    const bare = await startApi();
    const open = (api: typeof own, path: string, address = '198.51.100.1') =>
      request(api.server)
        .get(path)
        .set({ accept: 'text/html,*/*;q=0.8', 'accept-language': 'ja', 'x-forwarded-for': address });
    try {
      await own.database.query('alter table openid_starts rename to away');
      const flooding = '198.51.100.2';
      for (let asked = 0; asked < 60; asked += 1) await open(own, '/v1/session/offer', flooding);
      const pages = [
        await open(own, '/v1/session/openid/callback?code=a&state=b'),
        await open(own, '/v1/session/openid'),
        await open(own, '/v1/sign-ins/callback?state=x'),
        await open(own, '/v1/session/openid/callback?code=a&state=b', flooding),
        await open(bare, '/v1/session/openid/callback?code=a&state=b'),
        await open(bare, `/v1/sign-ins/start?ticket=${'a'.repeat(43)}`),
      ];
      expect(pages.map(({ status }) => status)).toEqual([401, 500, 400, 429, 404, 404]);
      for (const { status, text, headers } of pages) {
        expect([status, headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
        expect(text).toContain('<html lang="ja">');
        expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      }
    } finally {
      await own.close();
      await bare.close();
    }
  });
});
