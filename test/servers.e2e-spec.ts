import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';
import { enrolAgain, ScriptedAgent } from './support/scripted-agent.ts';

const NOWHERE = '01a20bac-7abe-74ff-a112-9ae128132374';
const facts = { version: '0.1.0', hostName: 'svc01', platform: 'linux 6.1', nodeVersion: 'v24.21.0' };
const publicKey = () =>
  generateKeyPairSync('ed25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');

describe('servers', () => {
  let api: RunningApi;
  let client: ReturnType<typeof request.agent>;
  let path: string;

  beforeAll(async () => {
    api = await startApi();
    client = request.agent(api.server).auth(api.apiKey, { type: 'bearer' });
    const { body } = await client.post('/v1/sites').send({ name: 'site' });
    path = `/v1/sites/${body.id}/servers`;
  });

  afterAll(() => api.close());

  const enrol = async (serverId: string): Promise<string> => {
    const { body } = await client.post(`${path}/${serverId}/enrolment-codes`);
    const joined = await request(api.server)
      .post('/v1/enrolments')
      .send({ code: body.code, publicKey: publicKey(), facts });
    expect(joined.status).toBe(201);
    return joined.body.agentId;
  };

  it('have a name and roles, and no agent at first', async () => {
    const { status, body } = await client
      .post(path)
      .send({ name: 'ece-svc01.example.com', roles: ['services', 'application'] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'ece-svc01.example.com',
      roles: ['services', 'application'],
      agent: null,
    });
    expect((await client.get(`${path}/${body.id}`)).body).toEqual(body);
    expect((await client.get(path)).body.items).toContainEqual(body);
  });

  it('show their agent, and whether it is connected now', async () => {
    const { body: server } = await client.post(path).send({ name: 'svc-a', roles: ['services'] });
    const agentId = await enrol(server.id);
    const agent = async () => (await client.get(`${path}/${server.id}`)).body.agent;
    expect(await agent()).toMatchObject({ id: agentId, state: 'disconnected', lastSeenAt: null, ...facts });

    const identity = await enrolAgain(api, server.siteId, server.id);
    const connected = await ScriptedAgent.join(api.url, identity);
    expect(await agent()).toMatchObject({ id: identity.agentId, state: 'connected' });
    await connected.leave();
  });

  it('change their name and roles one by one', async () => {
    const { body: before } = await client.post(path).send({ name: 'svc-b', roles: ['services'] });
    const renamed = await client.patch(`${path}/${before.id}`).send({ name: 'app-b' });
    expect(renamed.body).toEqual({ ...before, name: 'app-b' });
    const reroled = await client.patch(`${path}/${before.id}`).send({ roles: ['application'] });
    expect(reroled.body).toEqual({ ...before, name: 'app-b', roles: ['application'] });
    expect((await client.patch(`${path}/${before.id}`).send({})).body).toEqual(reroled.body);
  });

  it('retire: the agent is revoked, the name is free, and nothing but history knows them', async () => {
    const { body: server } = await client.post(path).send({ name: 'svc-old', roles: ['services'] });
    const agentId = await enrol(server.id);
    const { body: unused } = await client.post(`${path}/${server.id}/enrolment-codes`);

    expect((await client.delete(`${path}/${server.id}`)).status).toBe(204);
    const [agent] = await api.database.query<{ revoked_at: Date | null }>(
      'select revoked_at from agents where id = $1',
      [agentId],
    );
    expect(agent?.revoked_at).toBeInstanceOf(Date);
    expect((await client.get(`${path}/${server.id}`)).status).toBe(404);
    expect((await client.patch(`${path}/${server.id}`).send({ name: 'x1' })).status).toBe(404);
    expect((await client.delete(`${path}/${server.id}`)).status).toBe(404);
    expect((await client.post(`${path}/${server.id}/enrolment-codes`)).status).toBe(404);
    const late = await request(api.server)
      .post('/v1/enrolments')
      .send({ code: unused.code, publicKey: publicKey(), facts });
    expect(late.status).toBe(403);
    const { body: list } = await client.get(path);
    expect(list.items.map((each: { name: string }) => each.name)).not.toContain('svc-old');
    expect((await client.post(path).send({ name: 'svc-old', roles: ['services'] })).status).toBe(201);
  });

  it('have each a name of their own within a site, whatever its case', async () => {
    await client.post(path).send({ name: 'twin', roles: ['services'] });
    const again = await client.post(path).send({ name: 'Twin', roles: ['application'] });
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain('"Twin"');
    const { body: elsewhere } = await client.post('/v1/sites').send({ name: 'another site' });
    const there = await client
      .post(`/v1/sites/${elsewhere.id}/servers`)
      .send({ name: 'twin', roles: ['services'] });
    expect(there.status).toBe(201);
    expect((await client.get(`${path}/${there.body.id}`)).status).toBe(404);
  });

  it('answer 404 where there is no such site or server', async () => {
    const body = { name: 'svc', roles: ['services'] };
    const answers = [
      await client.get(`/v1/sites/${NOWHERE}/servers`),
      await client.post(`/v1/sites/${NOWHERE}/servers`).send(body),
      await client.get(`${path}/${NOWHERE}`),
      await client.patch(`${path}/${NOWHERE}`).send(body),
      await client.delete(`${path}/${NOWHERE}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });

  it.each([
    ['a name with a space', { name: 'my server', roles: ['services'] }, 'name'],
    ['no roles', { name: 'svc', roles: [] }, 'roles'],
    ['a role twice', { name: 'svc', roles: ['services', 'services'] }, 'roles'],
    ['an unknown role', { name: 'svc', roles: ['database'] }, 'roles.0'],
    ['no name', { roles: ['services'] }, 'name'],
  ])('are refused with %s', async (_, body, field) => {
    const answer = await client.post(path).send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({ field, message: expect.any(String) });
  });
});
