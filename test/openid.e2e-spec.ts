import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';
import { OpenIdBrowser, PUBLIC_URL } from './support/openid-browser.ts';
import { CLIENT, OpenIdProviderServer, type Person } from './support/openid-provider.ts';
import { createSite } from './support/scripted-agent.ts';

const GONE = '01a20bac-7abe-74ff-a112-9ae128132374';
const PASSWORD = 'a password of some length';
const OURS = { 'sec-fetch-site': 'same-origin' };
const HOSTILE = '<img src=x onerror=alert(1)>\u202e\u0000\u001b[31m"\'&';

let api: RunningApi;
let provider: OpenIdProviderServer;
let siteId: string;

const env = (more: Record<string, string>) => ({
  ...provider.env,
  MAILPATH_PUBLIC_URL: PUBLIC_URL,
  // Each browser has an address of its own: the limits go by it.
  MAILPATH_TRUSTED_PROXIES: '127.0.0.1',
  ...more,
});

beforeAll(async () => {
  provider = await OpenIdProviderServer.start();
  const first = await startApi();
  siteId = await createSite(first, { name: 'Osaka' });
  await first.app.close();
  api = await startApi({
    database: first.database,
    env: env({
      MAILPATH_OPENID_ROLES: `group:admins=administrator, group:viewers=viewer, app-role:Mail=Desk=operator@${siteId}, group:both=viewer@${siteId}, group:moved=operator@${GONE}`,
    }),
  });
});
afterAll(async () => {
  await api.close();
  await api.database.drop();
  await provider.stop();
});
beforeEach(() => {
  provider.person = person('aiko', ['admins']);
  provider.refusal = null;
  provider.iss = null;
  provider.isDown = false;
});

const person = (sub: string, groups: readonly string[], more: Partial<Person> = {}): Person => ({
  ...more,
  claims: { sub, preferred_username: `${sub}@contoso.example`, groups, ...more.claims },
});
const admin = (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string) =>
  request(api.server)[method](path).auth(api.apiKey, { type: 'bearer' });

interface Who {
  id: string;
  name: string;
  role: string | null;
  sites: { siteId: string; role: string }[];
}
const whoIs = async (browser: OpenIdBrowser): Promise<Who | null> => {
  const { status, body } = await browser.get('/v1/session');
  return status === 200 ? (body as Who) : null;
};
async function signedIn(next: Person): Promise<Who | null> {
  provider.person = next;
  const browser = new OpenIdBrowser(api);
  expect((await browser.signIn()).status).toBe(303);
  return whoIs(browser);
}
const usersNow = async (): Promise<number> => {
  const [{ count }] = (await api.database.query('select count(*)::int as count from users')) as [
    { count: number },
  ];
  return count;
};

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
    const browser = new OpenIdBrowser(api);
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
    expect(await whoIs(browser)).toMatchObject({ name: 'aiko@contoso.example', role: 'administrator' });
    expect(await api.database.query('select 1 from openid_starts where browser_hash is null')).toEqual([]);
  });

  it('gives the roles that groups and app roles map to, anew each time, and keeps the user', async () => {
    const mapped = async (groups: string[], roles: string[] = []) =>
      signedIn(person('roles', groups, { claims: { roles } }));
    const first = await mapped(['admins', 'viewers', 'unknown']);
    expect(first).toMatchObject({ role: 'administrator', sites: [] });
    const second = await mapped([], ['Mail=Desk']);
    expect(second).toMatchObject({ id: first?.id, role: null, sites: [{ siteId, role: 'operator' }] });
    // The highest of several at one site, and nothing at a site that is gone.
    const third = await mapped(['both', 'moved'], ['Mail=Desk']);
    expect(third?.sites).toEqual([{ siteId, role: 'operator' }]);
    expect(await mapped(['viewers', 'both'])).toMatchObject({ id: first?.id, role: 'viewer', sites: [] });
  });

  it('knows a person by issuer and subject alone, whatever else the token says', async () => {
    await admin('post', '/v1/users')
      .send({ name: 'taken@contoso.example', password: PASSWORD, role: 'administrator' })
      .expect(201);
    const same = { preferred_username: 'Taken@contoso.example', email: 'taken@contoso.example' };
    const one = await signedIn(person('sub-1', ['viewers'], { claims: same }));
    const two = await signedIn(person('sub-2', ['viewers'], { claims: same }));
    expect(one?.name).toMatch(/^Taken@contoso\.example \([0-9a-f]{8}\)$/);
    expect(two?.name).not.toBe(one?.name);
    expect(two?.id).not.toBe(one?.id);
    expect(one?.role).toBe('viewer');
    expect((await signedIn(person('sub-1', ['viewers'])))?.id).toBe(one?.id);
  });

  it('gives no password, no link and no role of another hand, and ends when the user is ended', async () => {
    const browser = new OpenIdBrowser(api);
    provider.person = person('guarded', ['admins']);
    await browser.signIn();
    const { id = '', name = '' } = (await whoIs(browser)) ?? {};
    const { body } = await admin('get', `/v1/users/${id}`).expect(200);
    expect(body).toMatchObject({
      hasPassword: false,
      openId: { issuer: provider.issuer, subject: 'guarded' },
    });
    const own = request(api.server)
      .put('/v1/session/password')
      .set({ cookie: browser.cookie, ...OURS });
    await own.send({ present: null, next: PASSWORD }).expect(409);
    for (const change of [
      { password: PASSWORD },
      { role: 'viewer' },
      { sites: [{ siteId, role: 'viewer' }] },
    ])
      await admin('patch', `/v1/users/${id}`).send(change).expect(409);
    await admin('post', `/v1/users/${id}/links`).expect(409);
    await expect(
      api.database.query(`update users set password_hash = 'x' where id = '${id}'`),
    ).rejects.toThrow('users_openid_check');
    await request(api.server).post('/v1/session').send({ name, password: PASSWORD }).expect(401);
    await admin('delete', `/v1/users/${id}`).expect(204);
    expect(await whoIs(browser)).toBeNull();
  });

  it('leaves an administrator who signs in here, whoever else there is', async () => {
    const [row] = (await api.database.query(
      `select id from users where role = 'administrator' and openid_subject is null and ended_at is null`,
    )) as [{ id: string }];
    await signedIn(person('also an administrator', ['admins']));
    await admin('delete', `/v1/users/${row.id}`).expect(409);
    await admin('patch', `/v1/users/${row.id}`).send({ role: 'viewer' }).expect(409);
  });

  it('is told in the audit log, done and refused, with nothing of a token', async () => {
    const browser = new OpenIdBrowser(api);
    const back = await browser.atProvider(await browser.begin());
    await browser.get(back);
    await browser.get(back);
    provider.person = person('told', []);
    await new OpenIdBrowser(api).signIn();
    const { body } = await admin('get', '/v1/audit-log?action=completeOpenIdSignIn&limit=3').expect(200);
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

describe('nobody is signed in', () => {
  /** No session, no user, and a page instead of JSON. */
  async function refused(
    work: (
      browser: OpenIdBrowser,
    ) => Promise<{ status: number; text: string; headers: Record<string, string> }>,
    status: number,
  ) {
    const browser = new OpenIdBrowser(api);
    const before = await usersNow();
    const answer = await work(browser);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(browser.cookies.has('mailpath_session')).toBe(false);
    expect(await usersNow()).toBe(before);
    return answer.text;
  }
  const changed = (url: string, name: string, value: string | null): string => {
    const parsed = new URL(url);
    if (value === null) parsed.searchParams.delete(name);
    else parsed.searchParams.set(name, value);
    return parsed.href;
  };

  it.each([
    ['another state', (back: string) => changed(back, 'state', 'A'.repeat(43))],
    ['no state', (back: string) => changed(back, 'state', null)],
    ['no code', (back: string) => changed(back, 'code', null)],
    ['a code that was never given out', (back: string) => changed(back, 'code', 'made-up')],
    [
      'an answer of another provider (RFC 9207)',
      (back: string) => changed(back, 'iss', 'https://evil.example'),
    ],
  ])('with %s', async (_, change) => {
    await refused(
      async (browser) => browser.get(change(await browser.atProvider(await browser.begin()))),
      401,
    );
  });

  it('by the link of somebody who wants them signed in as himself (login CSRF)', async () => {
    const attacker = new OpenIdBrowser(api);
    const link = await attacker.atProvider(await attacker.begin());
    await refused((victim) => victim.get(link), 401);
    // Nor where the victim has begun a sign-in of its own.
    const again = await attacker.atProvider(await attacker.begin());
    await refused(async (victim) => (await victim.begin(), victim.get(again)), 401);
  });

  it('with the code of somebody else put beside the own state, which PKCE and nonce bind', async () => {
    const victim = new OpenIdBrowser(api);
    const stolen = new URL(await victim.atProvider(await victim.begin())).searchParams.get('code');
    await refused(
      async (thief) => thief.get(changed(await thief.atProvider(await thief.begin()), 'code', stolen)),
      401,
    );
  });

  it('twice with one answer, and the provider is not asked a second time', async () => {
    const browser = new OpenIdBrowser(api);
    const back = await browser.atProvider(await browser.begin());
    expect((await browser.get(back)).status).toBe(303);
    const asked = provider.redeemed;
    expect((await browser.get(back)).status).toBe(401);
    expect(provider.redeemed).toBe(asked);
  });

  it('ten minutes after the start', async () => {
    await refused(async (browser) => {
      const back = await browser.atProvider(await browser.begin());
      await api.database.query(`update openid_starts set expires_at = now() - interval '1 second'`);
      return browser.get(back);
    }, 401);
  });

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  it.each<[string, Omit<Person, 'claims'>]>([
    ['the nonce of another sign-in', { forge: ({ claims }) => void (claims['nonce'] = 'n'.repeat(43)) }],
    ['no nonce', { forge: ({ claims }) => void delete claims['nonce'] }],
    ['another issuer', { forge: ({ claims }) => void (claims['iss'] = 'https://evil.example/v2.0') }],
    ['another audience', { forge: ({ claims }) => void (claims['aud'] = 'another-application') }],
    [
      'several audiences and another party',
      { forge: ({ claims }) => void Object.assign(claims, { aud: [CLIENT.id, 'x'], azp: 'x' }) },
    ],
    [
      'an end that is over',
      { forge: ({ claims }) => void (claims['exp'] = Math.floor(Date.now() / 1000) - 120) },
    ],
    ['no end', { forge: ({ claims }) => void delete claims['exp'] }],
    [
      'a begin to come',
      { forge: ({ claims }) => void (claims['nbf'] = Math.floor(Date.now() / 1000) + 600) },
    ],
    ['no subject', { forge: ({ claims }) => void delete claims['sub'] }],
    ['a subject that is too long', { forge: ({ claims }) => void (claims['sub'] = 's'.repeat(256)) }],
    ['a subject with a NUL', { forge: ({ claims }) => void (claims['sub'] = 'a\u0000b') }],
    ['the algorithm none', { forge: ({ header }) => void (header['alg'] = 'none'), sign: () => '' }],
    ['no signature', { sign: () => '' }],
    [
      'the signature of another key',
      { sign: (input) => sign('sha256', Buffer.from(input), other).toString('base64url') },
    ],
    [
      'an HMAC with the public key',
      {
        forge: ({ header }) => void (header['alg'] = 'HS256'),
        sign: (input, { published }) => createHmac('sha256', published).update(input).digest('base64url'),
      },
    ],
    [
      'an HMAC with the client secret',
      {
        forge: ({ header }) => void (header['alg'] = 'HS256'),
        sign: (input) => createHmac('sha256', CLIENT.secret).update(input).digest('base64url'),
      },
    ],
    ['a key that is not published', { forge: ({ header }) => void (header['kid'] = 'key-2') }],
  ])('by a token with %s', async (_, forged) => {
    provider.person = person('forged', ['admins'], forged);
    await refused((browser) => browser.signIn(), 401);
  });

  it('where no group has a role, and the page says which came, whatever they are called', async () => {
    provider.person = person('nobody', ['sales', HOSTILE], { claims: { roles: ['Desk'] } });
    const text = await refused((browser) => browser.signIn(), 403);
    expect(text).toContain('<li>sales</li>');
    expect(text).toContain('<li>Desk</li>');
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).not.toMatch(/<img|\u202e|\u0000|\u001b/);
    const japanese = await new OpenIdBrowser(api, 'ja').signIn();
    expect(japanese.text).toContain('<html lang="ja">');
    expect(japanese.text).toContain('<li>sales</li>');
  });

  it('whose roles were taken away, and nothing of before is left', async () => {
    const browser = new OpenIdBrowser(api);
    provider.person = person('leaving', ['admins']);
    await browser.signIn();
    expect(await whoIs(browser)).not.toBeNull();
    provider.person = person('leaving', []);
    await refused((again) => again.signIn(), 403);
    expect(await whoIs(browser)).toBeNull();
  });

  it('whose only site is gone', async () => {
    provider.person = person('moved', ['moved']);
    await refused((browser) => browser.signIn(), 403);
  });

  it.each([
    [
      '_claim_names',
      { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://evil.example' } } },
    ],
    ['hasgroups', { hasgroups: true }],
  ])('with more groups than fit into a token (%s)', async (_, claims) => {
    provider.person = person('many', ['admins'], { claims });
    expect(await refused((browser) => browser.signIn(), 403)).toContain('more groups than');
  });

  it('while the provider is down, at the start or at the end, and the page says so', async () => {
    provider.isDown = false;
    const text = await refused(async (browser) => {
      const back = await browser.atProvider(await browser.begin());
      provider.isDown = true;
      return browser.get(back);
    }, 503);
    expect(text).toContain('does not answer Mailpath');
    const own = await startApi({
      env: env({
        MAILPATH_OPENID_ROLES: 'group:admins=viewer',
        MAILPATH_OPENID_ISSUER: 'http://localhost:1/v2.0',
      }),
    });
    try {
      const { text: page, headers } = await request(own.server).get('/v1/session/openid').expect(503);
      expect(page).toContain('does not answer Mailpath');
      expect(headers['retry-after']).toBe('30');
    } finally {
      await own.close();
    }
  });

  it('while the provider refuses Mailpath, or the person, and the page says only what it may', async () => {
    provider.refusal = { error: 'access_denied', error_description: `AADSTS50105: ${HOSTILE}` };
    const text = await refused((browser) => browser.signIn(), 401);
    expect(text).toContain('access_denied, AADSTS50105');
    expect(text).not.toContain('onerror');
    provider.refusal = { error: HOSTILE };
    expect(await refused((browser) => browser.signIn(), 401)).toContain('an unknown error');
  });

  it('more than ten times a minute from one address', async () => {
    const browser = new OpenIdBrowser(api);
    for (let guess = 0; guess < 10; guess += 1)
      expect((await browser.get('/v1/session/openid/callback?code=a&state=b')).status).toBe(401);
    expect((await browser.get('/v1/session/openid/callback?code=a&state=b')).status).toBe(429);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/a/../..//evil.example',
    '\\\\evil.example',
    '/\tevil',
    'javascript:alert(1)',
    '/v1/sites',
    'sites',
  ])('and led to %j afterwards (open redirect)', async (page) => {
    await new OpenIdBrowser(api)
      .get(`/v1/session/openid?page=${encodeURIComponent(page)}`)
      .then(({ status }) => expect(status).toBe(400));
  });

  it('under a name that hides or turns round what stands beside it', async () => {
    const who = await signedIn(person('hostile', ['viewers'], { claims: { preferred_username: HOSTILE } }));
    expect(who?.name).toBe('<img src=x onerror=alert(1)>   [31m"\'&');
    const long = await signedIn(
      person('long', ['viewers'], { claims: { preferred_username: '𠮷'.repeat(5_000) } }),
    );
    expect([...(long?.name ?? '')]).toHaveLength(100);
    const none = await signedIn(
      person('none', ['viewers'], {
        claims: { preferred_username: { a: 1 }, groups: ['viewers', 1, null, {}] },
      }),
    );
    expect(none?.name).toBe('none');
  });
});
