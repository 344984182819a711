import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';

describe('HTTP as its users expect it', () => {
  let api: RunningApi;
  let client: ReturnType<typeof request.agent>;

  beforeAll(async () => {
    api = await startApi();
    client = request.agent(api.server).auth(api.apiKey, { type: 'bearer' });
  });

  afterAll(() => api.close());

  const createSite = async (name: string) =>
    (await client.post('/v1/sites').send({ name }).expect(201)).body as { id: string };
  const createServer = async (siteId: string, name: string) =>
    (
      await client
        .post(`/v1/sites/${siteId}/servers`)
        .send({ name, roles: ['services'] })
        .expect(201)
    ).body as { id: string };

  it('says where what was created can be read', async () => {
    const { id } = await createSite('located');
    const places = [
      await client.post('/v1/sites').send({ name: 'located too' }),
      await client.post(`/v1/sites/${id}/servers`).send({ name: 'svc01', roles: ['services'] }),
      await client.post(`/v1/sites/${id}/mailboxes`).send({ address: 'a@example.com' }),
      await client.post('/v1/api-keys').send({ name: 'located' }),
    ];
    for (const { status, headers, body } of places) {
      expect(status).toBe(201);
      const read = await client.get(headers['location'] as string).expect(200);
      expect(read.body.id).toBe(body.id);
    }
    const server = await createServer(id, 'svc02');
    const code = await client.post(`/v1/sites/${id}/servers/${server.id}/enrolment-codes`).expect(201);
    expect((await client.get(code.headers['location'] as string).expect(200)).body.id).toBe(server.id);
  });

  it('answers 304 to whoever has the newest answer, also where only the moment of the answer is new', async () => {
    const { id } = await createSite('polled');
    await createServer(id, 'svc01');
    for (const path of [
      '',
      '/servers',
      '/comparison',
      '/checklist',
      '/findings',
      '/settings',
      '/results',
      '/runs',
    ]) {
      const first = await client.get(`/v1/sites/${id}${path}`).expect(200);
      const tag = first.headers['etag'] as string;
      const again = await client
        .get(`/v1/sites/${id}${path}`)
        .set('if-none-match', `"other", ${tag}`)
        .expect(304);
      expect([path, again.text, again.headers['etag']]).toEqual([path, '', tag]);
      await client.get(`/v1/sites/${id}${path}`).set('if-none-match', '"other"').expect(200);
    }
    const before = (await client.get(`/v1/sites/${id}/servers`)).headers['etag'];
    await createServer(id, 'svc02');
    expect((await client.get(`/v1/sites/${id}/servers`)).headers['etag']).not.toBe(before);
  });

  it('makes a change only while what it is based on holds', async () => {
    const { id } = await createSite('conditional');
    const server = await createServer(id, 'svc01');
    const mailbox = (await client.post(`/v1/sites/${id}/mailboxes`).send({ address: 'c@example.com' }))
      .body as { id: string };
    const things = [
      [`/v1/sites/${id}`, { esLevel: 'ES1' }, { esLevel: 'ES2' }],
      [`/v1/sites/${id}/servers/${server.id}`, { name: 'svc02' }, { name: 'svc03' }],
      [`/v1/sites/${id}/mailboxes/${mailbox.id}`, { licence: 'E1' }, { licence: 'E3' }],
    ] as const;
    for (const [path, one, other] of things) {
      const tag = (await client.get(path).expect(200)).headers['etag'] as string;
      const answers = await Promise.all(
        [one, other].map((change) => client.patch(path).set('if-match', tag).send(change)),
      );
      expect([path, ...answers.map(({ status }) => status).toSorted((a, b) => a - b)]).toEqual([
        path,
        200,
        412,
      ]);
      expect(answers.find(({ status }) => status === 412)?.body.code).toBe('precondition-failed');
      const changed = answers.find(({ status }) => status === 200);
      expect(changed?.headers['etag']).toBe((await client.get(path)).headers['etag']);
      await client
        .patch(path)
        .set('if-match', changed?.headers['etag'] as string)
        .send(other)
        .expect(200);
      await client.patch(path).set('if-match', '*').send(one).expect(200);
      await client.patch(path).set('if-match', '"nothing"').send({}).expect(412);
      if (path.includes('/servers/') || path.includes('/mailboxes/')) {
        await client.delete(path).set('if-match', tag).expect(412);
        const now = (await client.get(path).expect(200)).headers['etag'] as string;
        await client.delete(path).set('if-match', now).expect(204);
      }
    }
  });

  it('creates once what is asked for again with the same key, whoever is asked at the same moment', async () => {
    const { id } = await createSite('asked twice');
    const ask = (key: string, name: string) =>
      client.post('/v1/api-keys').set('idempotency-key', key).send({ name });
    const key = randomUUID();
    const at = await Promise.all([1, 2, 3, 4].map(() => ask(key, 'once')));
    expect(at.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const first = at.find(({ status, headers }) => status === 201 && !headers['idempotency-replayed']);
    const again = await ask(key, 'once').expect(201);
    expect(again.body).toEqual(first?.body);
    expect(again.headers['location']).toBe(first?.headers['location']);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const { items } = (await client.get('/v1/api-keys?limit=500')).body as { items: { name: string }[] };
    expect(items.filter(({ name }) => name === 'once')).toHaveLength(1);

    const other = await ask(key, 'another body').expect(422);
    expect(other.body.code).toBe('idempotency-key-reused');
    await ask('with a space', 'x').expect(400);
    const stored = await api.database.query<{ row: string }>(
      'select idempotency_keys::text as row from idempotency_keys',
    );
    expect(
      stored.some(({ row }) => row.includes(Buffer.from(first?.body.key as string).toString('hex'))),
    ).toBe(false);

    // A refusal created nothing: put right, the same request is a first one.
    const server = { name: 'svc01', roles: ['services'] };
    await createServer(id, 'svc01');
    const path = `/v1/sites/${id}/servers`;
    const { body } = await client.get(path);
    await client.post(path).set('idempotency-key', key).send(server).expect(409);
    await client.delete(`${path}/${body.items[0].id}`).expect(204);
    await client.post(path).set('idempotency-key', key).send(server).expect(201);
  });

  it('names the methods that there are', async () => {
    const { id } = await createSite('methods');
    const cases = [
      ['put', '/v1/sites', 'GET, HEAD, POST'],
      ['delete', '/v1/sites', 'GET, HEAD, POST'],
      ['post', `/v1/sites/${id}`, 'DELETE, GET, HEAD, PATCH'],
      ['patch', `/v1/sites/${id}/comparison?x=1`, 'GET, HEAD'],
      ['post', '/health/live', 'GET, HEAD'],
    ] as const;
    for (const [method, path, allow] of cases) {
      const { status, headers, body } = await client[method](path);
      expect([path, status, headers['allow'], body.code]).toEqual([path, 405, allow, 'method-not-allowed']);
    }
    await client.put('/v1/nothing').expect(404);
  });

  it('takes an empty body for none, and says where a broken one breaks', async () => {
    const { id } = await createSite('bodies');
    const server = await createServer(id, 'svc01');
    const json = (sent: request.Test) => sent.set('content-type', 'application/json');
    await json(client.post(`/v1/sites/${id}/servers/${server.id}/enrolment-codes`)).expect(201);
    await json(client.delete(`/v1/sites/${id}/servers/${server.id}`)).expect(204);
    expect((await json(client.post('/v1/sites'))).body.errors).toEqual([
      { field: 'body', message: expect.any(String) },
    ]);
    const { body } = await json(client.post('/v1/sites'))
      .send('{"name": "x",\n "cloud" "china"}')
      .expect(400);
    expect(body.errors).toEqual([
      { field: 'body', message: 'not valid JSON at line 2, column 10: write a colon there' },
    ]);
    expect((await json(client.post('/v1/sites')).send('{"__proto__": {}}').expect(400)).body.code).toBe(
      'validation',
    );
  });

  it('lets the reference page run what comes from here, and an answer of the API nothing', async () => {
    const policyOf = async (path: string) =>
      ((await client.get(path).expect(200)).headers['content-security-policy'] as string).split(/; ?/);
    for (const path of ['/docs', '/docs/swagger-ui-init.js', '/docs/swagger-ui.css'])
      expect(await policyOf(path)).toEqual(
        expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
      );
    for (const path of ['/v1/sites', '/openapi.json', '/health/live'])
      expect(await policyOf(path)).toEqual([
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ]);
  });

  it('compresses what is large, and nothing that is small', async () => {
    const large = await client.get('/openapi.json').set('accept-encoding', 'br').expect(200);
    expect(large.headers['content-encoding']).toBe('br');
    expect(large.body.openapi).toMatch(/^3\.1/);
    const small = await client.get('/health/live').set('accept-encoding', 'br');
    expect(small.headers['content-encoding']).toBeUndefined();
  });

  it('deletes a site whole, for whoever can name it', async () => {
    const { id } = await createSite('to be deleted');
    await createServer(id, 'svc01');
    await client
      .post(`/v1/sites/${id}/mailboxes`)
      .set('idempotency-key', 'm')
      .send({ address: 'd@example.com' })
      .expect(201);
    await client
      .put(`/v1/sites/${id}/client-secret`)
      .send({ secret: 'a-secret-value', expiresOn: null })
      .expect(204);
    await client.delete(`/v1/sites/${id}`).expect(400);
    const wrong = await client.delete(`/v1/sites/${id}`).query({ name: 'another' }).expect(400);
    expect(wrong.body.errors[0]).toMatchObject({
      field: 'name',
      message: expect.stringContaining('to be deleted'),
    });
    await client
      .delete(`/v1/sites/${id}`)
      .query({ name: 'to be deleted' })
      .set('if-match', '"other"')
      .expect(412);
    await client.get(`/v1/sites/${id}`).expect(200);
    await client.delete(`/v1/sites/${id}`).query({ name: 'to be deleted' }).expect(204);
    await client.get(`/v1/sites/${id}`).expect(404);
    await client.delete(`/v1/sites/${id}`).query({ name: 'to be deleted' }).expect(404);
    const tables = await api.database.query<{ name: string }>(
      `select table_name as name from information_schema.columns where column_name = 'site_id' and table_schema = 'public'`,
    );
    for (const { name } of tables)
      expect({
        name,
        rows: await api.database.query(`select from ${name} where site_id = $1`, [id]),
      }).toEqual({ name, rows: [] });
  });
});
