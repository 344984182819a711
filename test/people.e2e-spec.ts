import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';
import { createSite } from './support/scripted-agent.ts';

const PASSWORD = 'a password of some length';
const OURS = ['sec-fetch-site', 'same-origin'] as const;

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const admin = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
  request(api.server)[method](path).auth(api.apiKey, { type: 'bearer' });

async function makeUser(name: string, body: object = {}): Promise<string> {
  const { body: made } = await admin('post', '/v1/users')
    .send({ name, password: PASSWORD, ...body })
    .expect(201);
  return (made as { id: string }).id;
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';
const open = (body: object) => request(api.server).post('/v1/session').set('user-agent', FIREFOX).send(body);

/** The cookie of a new session. */
async function signedIn(body: object): Promise<string> {
  const { headers } = await open(body).expect(204);
  const [cookie = ''] = headers['set-cookie'] as unknown as string[];
  return cookie.split(';')[0] ?? '';
}
const asName = (name: string) => signedIn({ name, password: PASSWORD });
const whoIs = (cookie: string) => request(api.server).get('/v1/session').set('cookie', cookie);

describe('a session', () => {
  it.each([
    [
      'name and password',
      async () => (await makeUser('Aiko'), { name: 'aiko', password: PASSWORD }),
      'user',
      'Aiko',
    ],
    ['an API key', () => Promise.resolve({ key: api.apiKey }), 'api-key', 'tests'],
    [
      'a link, once',
      async () => {
        const { body } = await admin('post', `/v1/users/${await makeUser('Linked')}/links`).expect(201);
        return { link: (body as { code: string }).code };
      },
      'user',
      'Linked',
    ],
  ])('is opened with %s, and says who is signed in', async (_, opening, kind, name) => {
    const sent = await opening();
    const { headers } = await open(sent).expect(204);
    expect(headers['set-cookie']?.[0]).toMatch(
      /^mailpath_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const { body } = await whoIs(cookie).expect(200);
    expect(body).toMatchObject({ kind, name, expiresAt: expect.any(String) as string });
    if ('link' in sent) await open(sent).expect(401);
    const [{ text }] = (await api.database.query(
      `select coalesce(string_agg(s::text, ' '), '') as text from sessions s`,
    )) as [{ text: string }];
    expect(text).not.toContain(cookie.split('=')[1]);
  });

  it.each([
    ['a wrong password', { name: 'Aiko', password: 'another password' }, 401],
    ['a name that nobody has', { name: 'Nobody at all', password: PASSWORD }, 401],
    ['an API key that was never made', { key: `mpk_${'A'.repeat(43)}` }, 401],
    ['a link that was never made', { link: 'B'.repeat(43) }, 401],
    ['a name without a password', { name: 'Aiko' }, 400],
    ['two of them at once', { key: `mpk_${'A'.repeat(43)}`, link: 'B'.repeat(43) }, 400],
    ['nothing', {}, 400],
  ])('is not opened with %s', async (_, body, status) => {
    const answer = await open(body).expect(status);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('changes nothing for a page of another origin, or of another port of the same host', async () => {
    const cookie = await signedIn({ key: api.apiKey });
    const create = () =>
      request(api.server).post('/v1/sites').set('cookie', cookie).send({ name: 'From a browser' });
    await create().expect(401);
    await create().set('sec-fetch-site', 'same-site').expect(401);
    await create().set('sec-fetch-site', 'cross-site').expect(401);
    expect((await create().set(...OURS)).status).toBe(201);
  });

  it('ends when it is asked to, and with the user, the password or the key that opened it', async () => {
    const id = await makeUser('Leaving');
    const first = await asName('Leaving');
    await request(api.server)
      .delete('/v1/session')
      .set('cookie', first)
      .set(...OURS)
      .expect(204);
    await whoIs(first).expect(401);

    const second = await asName('Leaving');
    await admin('patch', `/v1/users/${id}`).send({ password: 'a wholly new password' }).expect(200);
    await whoIs(second).expect(401);
    const third = await signedIn({ name: 'Leaving', password: 'a wholly new password' });
    await admin('delete', `/v1/users/${id}`).expect(204);
    await whoIs(third).expect(401);

    const { body } = await admin('post', '/v1/api-keys').send({ name: 'short-lived' }).expect(201);
    const { id: keyId, key } = body as { id: string; key: string };
    const fourth = await signedIn({ key });
    await admin('delete', `/v1/api-keys/${keyId}`).expect(204);
    expect((await whoIs(fourth)).status).toBe(401);
  });

  it('is listed to who opened it alone, and ended one by one or all others at once', async () => {
    for (const name of ['Everywhere', 'Elsewhere']) await makeUser(name);
    const [first, second, third, stranger] = [
      await asName('Everywhere'),
      await asName('Everywhere'),
      await asName('Everywhere'),
      await asName('Elsewhere'),
    ];
    const ended = (cookie: string, path: string) =>
      request(api.server)
        .delete(path)
        .set('cookie', cookie)
        .set(...OURS);
    const { body } = await request(api.server).get('/v1/sessions').set('cookie', third).expect(200);
    const { items } = body as { items: { id: string; current: boolean }[] };
    expect(items.map(({ current }) => current)).toEqual([true, false, false]);
    expect(items[0]).toMatchObject({ browser: 'Firefox', system: 'Linux' });
    expect(JSON.stringify(items)).not.toContain(third.split('=')[1]);
    const oldest = `/v1/sessions/${items[2]?.id}`;
    await ended(stranger, oldest).expect(404);
    await whoIs(first).expect(200);
    await ended(third, oldest).expect(204);
    await whoIs(first).expect(401);
    await ended(third, '/v1/sessions').expect(204);
    await whoIs(second).expect(401);
    for (const cookie of [third, stranger]) await whoIs(cookie).expect(200);
  });

  it('ends by itself, and so does a key that has an end', async () => {
    const cookie = await signedIn({ key: api.apiKey });
    await api.database.query(`update sessions set expires_at = now() - interval '1 second'`);
    await whoIs(cookie).expect(401);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await admin('post', '/v1/api-keys').send({ name: 'for an hour', expiresAt }).expect(201);
    const { id, key } = body as { id: string; key: string };
    const asked = () => request(api.server).get('/v1/sites').auth(key, { type: 'bearer' });
    await asked().expect(200);
    await api.database.query(
      `update api_keys set expires_at = now() - interval '1 second' where id = '${id}'`,
    );
    await asked().expect(401);
    const yesterday = { name: 'of yesterday', expiresAt: '2020-01-01T00:00:00Z' };
    expect((await admin('post', '/v1/api-keys').send(yesterday)).status).toBe(400);
  });

  it('lets nobody guess for long, neither from one address nor at one name', async () => {
    const own = await startApi();
    try {
      const wrong = () =>
        request(own.server).post('/v1/session').send({ name: 'Guessed', password: 'not the password' });
      // Also all at once, when none has been found wrong yet.
      const tries = await Promise.all(Array.from({ length: 30 }, async () => wrong()));
      expect(tries.filter(({ status }) => status === 401)).toHaveLength(10);
      const { headers } = await wrong().expect(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await own.close();
    }
  });
});

describe('a user', () => {
  it('sets a password of its own, once it has come by a link', async () => {
    const { body: made } = await admin('post', '/v1/users')
      .send({ name: 'Newcomer', role: 'viewer' })
      .expect(201);
    const { body } = await admin('post', `/v1/users/${(made as { id: string }).id}/links`).expect(201);
    const cookie = await signedIn({ link: (body as { code: string }).code });
    const set = (from: string, sent: object) =>
      request(api.server)
        .put('/v1/session/password')
        .set('cookie', from)
        .set(...OURS)
        .send(sent);
    await set(cookie, { present: null, next: 'too short' }).expect(400);
    const { headers } = await set(cookie, { present: null, next: PASSWORD }).expect(204);
    await whoIs(cookie).expect(401);
    const next = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    await whoIs(next).expect(200);
    await set(next, { present: 'not the present one', next: 'another password' }).expect(400);
    expect(await asName('Newcomer')).toContain('mailpath_session=');
  });

  it('has a name of its own, whatever its case, and gives it back when it goes', async () => {
    const id = await makeUser('Kenji');
    await admin('post', '/v1/users').send({ name: 'KENJI', password: PASSWORD }).expect(409);
    await admin('delete', `/v1/users/${id}`).expect(204);
    expect(await makeUser('KENJI')).not.toBe(id);
  });

  it('is never the last administrator to go or to step down', async () => {
    const own = await startApi();
    try {
      const call = (method: 'post' | 'patch' | 'delete', path: string) =>
        request(own.server)[method](path).auth(own.apiKey, { type: 'bearer' });
      const { body } = await call('post', '/v1/users')
        .send({ name: 'one', role: 'administrator' })
        .expect(201);
      const { id } = body as { id: string };
      await call('delete', `/v1/users/${id}`).expect(409);
      await call('patch', `/v1/users/${id}`).send({ role: 'viewer' }).expect(409);
      await call('post', '/v1/users').send({ name: 'two', role: 'administrator' }).expect(201);
      expect((await call('patch', `/v1/users/${id}`).send({ role: 'viewer' })).status).toBe(200);
    } finally {
      await own.close();
    }
  });

  it('sees and does what its role at a site includes, and not that there are other sites', async () => {
    const [here, elsewhere] = [
      await createSite(api, { name: 'Here' }),
      await createSite(api, { name: 'Elsewhere' }),
    ];
    await makeUser('Local', { sites: [{ siteId: here, role: 'operator' }] });
    const cookie = await asName('Local');
    const as = (method: 'get' | 'post' | 'delete', path: string) =>
      request(api.server)
        [method](path)
        .set('cookie', cookie)
        .set(...OURS);
    const { body } = await as('get', '/v1/sites').expect(200);
    expect((body as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([here]);
    await as('get', `/v1/sites/${here}/servers`).expect(200);
    await as('post', `/v1/sites/${here}/mailboxes`).send({ address: 'a@contoso.example' }).expect(201);
    const refused = await as('post', `/v1/sites/${here}/servers`)
      .send({ name: 'x', roles: ['services'] })
      .expect(403);
    expect((refused.body as { detail: string }).detail).toContain('role administrator at this site');
    await as('get', `/v1/sites/${elsewhere}/servers`).expect(404);
    await as('get', '/v1/users').expect(403);
    await as('get', '/v1/checks').expect(200);
  });
});
