import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';

const key = (): string =>
  generateKeyPairSync('ed25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');

describe('a code for the servers of a site', () => {
  let api: RunningApi;
  let client: ReturnType<typeof request.agent>;
  let siteId: string;
  let count = 0;

  beforeAll(async () => {
    api = await startApi();
    client = request.agent(api.server).auth(api.apiKey, { type: 'bearer' });
  });
  beforeEach(async () => {
    siteId = (await client.post('/v1/sites').send({ name: `site ${(count += 1)}` })).body.id;
  });
  afterAll(() => api.close());

  const create = async (wanted: object = {}) => {
    const body = { servers: 3, roles: ['services', 'application'], ...wanted };
    return (await client.post(`/v1/sites/${siteId}/enrolment-codes`).send(body).expect(201)).body as {
      id: string;
      code: string;
      expiresAt: string;
    };
  };
  const redeem = (code: string, hostName: string, more: object = {}) =>
    request(api.server)
      .post('/v1/enrolments')
      .send({
        code,
        publicKey: key(),
        facts: { version: '0.1.0', hostName, platform: 'win32 10.0', nodeVersion: '24.21.0' },
        ...more,
      });
  const servers = async (): Promise<{ name: string; roles: string[]; agent: object | null }[]> =>
    (await client.get(`/v1/sites/${siteId}/servers`)).body.items;

  it('lets each server in under its host name, for the role that it names', async () => {
    const { code } = await create();
    const first = await redeem(code, 'ECE-SVC01', { roles: ['services'] });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ siteId, serverName: 'ECE-SVC01', roles: ['services'] });
    expect((await redeem(code, 'ece-app01')).body.roles).toEqual(['services', 'application']);
    expect((await servers()).map(({ name }) => name)).toEqual(['ECE-SVC01', 'ece-app01']);
    expect((await client.get(`/v1/sites/${siteId}/enrolment-codes`)).body.items).toMatchObject([
      { servers: 3, used: 2 },
    ]);
  });

  it('lets in as many as it is for, whatever comes at once', async () => {
    const { code } = await create({ servers: 4 });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => redeem(code, `svc${at}`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(8);
    expect(await servers()).toHaveLength(4);
  });

  it('makes one server of one host name, whatever its case', async () => {
    const { code } = await create({ servers: 9 });
    const answers = await Promise.all(['app01', 'APP01', 'App01'].map((name) => redeem(code, name)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 403, 403]);
    expect(await servers()).toHaveLength(1);
  });

  it('fills a server that was made by hand, and never takes the place of one that has an agent', async () => {
    await client.post(`/v1/sites/${siteId}/servers`).send({ name: 'app01', roles: ['application'] });
    const { code } = await create();
    expect((await redeem(code, 'APP01')).body).toMatchObject({
      serverName: 'app01',
      roles: ['application'],
    });
    const again = await redeem(code, 'app01');
    expect(again.status).toBe(403);
    expect(again.body.detail).toContain('has an agent already');
    expect((await client.get(`/v1/sites/${siteId}/enrolment-codes`)).body.items[0].used).toBe(1);
  });

  it.each([
    ['a role that the code is not for', 'app01', { roles: ['services'] }, /not for services/],
    ['a host name that cannot be a server’s', 'app 01!', {}, /"app 01!" cannot be the name of a server/],
  ])('refuses %s, and costs nothing by it', async (_, hostName, more, words) => {
    const { code } = await create({ roles: ['application'] });
    const { status, body } = await redeem(code, hostName, more);
    expect(status).toBe(403);
    expect(body.detail).toMatch(words);
    expect(await servers()).toEqual([]);
    expect((await client.get(`/v1/sites/${siteId}/enrolment-codes`)).body.items[0].used).toBe(0);
  });

  it('does not widen what a server is for', async () => {
    await client
      .post(`/v1/sites/${siteId}/servers`)
      .send({ name: 'both01', roles: ['services', 'application'] });
    const { code } = await create({ roles: ['application'] });
    expect((await redeem(code, 'both01')).body.detail).toMatch(/also has the role services/);
  });

  it('is worth something in its networks only, and says no more than a wrong code does', async () => {
    const elsewhere = await create({ networks: ['192.0.2.0/24', '2001:db8::/32'] });
    const here = await create({ networks: ['127.0.0.0/8', '::1'] });
    const wrong = await redeem('00000-00000-00000-00000-000000', 'app01');
    const outside = await redeem(elsewhere.code, 'app01');
    expect([outside.status, outside.body.detail]).toEqual([403, wrong.body.detail]);
    expect((await redeem(here.code, 'app01')).status).toBe(201);
  });

  it('ends when it is ended, and when its time is over', async () => {
    const ended = await create();
    await client.delete(`/v1/sites/${siteId}/enrolment-codes/${ended.id}`).expect(204);
    const over = await create({ hours: 1 });
    await api.database.query(
      `update site_enrolment_codes set expires_at = now() - interval '1 second' where id = $1`,
      [over.id],
    );
    for (const { code } of [ended, over]) expect((await redeem(code, 'app01')).status).toBe(403);
    expect((await client.get(`/v1/sites/${siteId}/enrolment-codes`)).body.items).toEqual([]);
    await client.delete(`/v1/sites/${siteId}/enrolment-codes/${ended.id}`).expect(404);
  });

  it('is not stored, only its hash', async () => {
    const { code } = await create();
    const stored = await api.database.query<{ row: string }>(
      'select site_enrolment_codes::text as row from site_enrolment_codes',
    );
    for (const { row } of stored) {
      expect(row).not.toContain(code);
      expect(row).not.toContain(code.replaceAll('-', ''));
    }
  });

  it.each([
    [{ servers: 0 }, 'servers'],
    [{ servers: 501 }, 'servers'],
    [{ hours: 721 }, 'hours'],
    [{ roles: [] }, 'roles'],
    [{ networks: ['10.0.0.0/33'] }, 'networks'],
  ])('is refused with the field by name: %j', async (wrong, field) => {
    const body = { servers: 3, roles: ['services'], ...wrong };
    const answer = await client.post(`/v1/sites/${siteId}/enrolment-codes`).send(body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(field);
  });
});
