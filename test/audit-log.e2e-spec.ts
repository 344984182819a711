import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { client } from './support/mail-site.ts';
import { createSite } from './support/scripted-agent.ts';

interface Entry {
  action: string;
  actorKind: string;
  actorName: string | null;
  outcome: string;
  status: number;
  siteId: string | null;
  subject: Record<string, string>;
}

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const entries = async (query = ''): Promise<Entry[]> => {
  const { body } = await client(api).get(`/v1/audit-log?limit=500${query}`).expect(200);
  return (body as { items: Entry[] }).items;
};

describe('the audit log', () => {
  it('tells every change with who made it, newest first, and nothing that was only read', async () => {
    const siteId = await createSite(api, { name: `audited ${randomUUID()}` });
    const caller = client(api);
    const { body: server } = await caller
      .post(`/v1/sites/${siteId}/servers`)
      .send({ name: 'svc01', roles: ['services'] })
      .expect(201);
    await caller.get(`/v1/sites/${siteId}/servers`).expect(200);
    await caller
      .post(`/v1/sites/${siteId}/servers`)
      .send({ name: 'svc01', roles: ['services'] })
      .expect(409);
    const told = await entries(`&siteId=${siteId}`);
    expect(told.map(({ action, outcome }) => [action, outcome])).toEqual([['createServer', 'done']]);
    expect(told[0]).toMatchObject({
      actorKind: 'api-key',
      actorName: 'tests',
      status: 201,
      siteId,
      subject: { siteId, created: `/v1/sites/${siteId}/servers/${(server as { id: string }).id}` },
    });
    const { body: ofSite } = await caller.get(`/v1/sites/${siteId}/audit-log`).expect(200);
    expect((ofSite as { items: Entry[] }).items).toEqual(told);
  });

  it('tells sign-ins, the refused ones without the name that was typed, and who was refused for the role', async () => {
    const password = 'a password of some length';
    const caller = client(api);
    await caller.post('/v1/users').send({ name: 'Viewer', password, role: 'viewer' }).expect(201);
    const open = (body: object) => request(api.server).post('/v1/session').send(body);
    await open({ name: 'my password in the wrong field', password: 'x' }).expect(401);
    const { headers } = await open({ name: 'Viewer', password }).expect(204);
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    await request(api.server)
      .post('/v1/sites')
      .set('cookie', cookie)
      .set('sec-fetch-site', 'same-origin')
      .send({ name: 'not allowed' })
      .expect(403);
    const [refused, signedIn, wrong] = await entries();
    expect(refused).toMatchObject({
      action: 'createSite',
      outcome: 'refused',
      actorName: 'Viewer',
      status: 403,
    });
    expect(signedIn).toMatchObject({ action: 'openSession', outcome: 'done', actorName: 'Viewer' });
    expect(wrong).toMatchObject({ action: 'openSession', outcome: 'refused', actorName: null, status: 401 });
  });

  it('never holds what a body held: passwords, keys, client secrets, codes', async () => {
    const siteId = await createSite(api, { name: `secretive ${randomUUID()}` });
    const caller = client(api);
    const secrets = ['canary-client-secret-9f2c', 'canary password 7a61', 'canary password 8b72'];
    await caller.put(`/v1/sites/${siteId}/client-secret`).send({ secret: secrets[0] }).expect(204);
    const { body: user } = await caller
      .post('/v1/users')
      .send({ name: 'C', password: secrets[1] })
      .expect(201);
    const { id } = user as { id: string };
    await caller.patch(`/v1/users/${id}`).send({ password: secrets[2] }).expect(200);
    const { body: link } = await caller.post(`/v1/users/${id}/links`).expect(201);
    const { body: key } = await caller.post('/v1/api-keys').send({ name: 'k' }).expect(201);
    const text = JSON.stringify(await api.database.query('select * from audit_log'));
    for (const secret of [...secrets, (link as { code: string }).code, (key as { key: string }).key])
      expect(text).not.toContain(secret);
    expect(text).toContain('setClientSecret');
  });

  it('is changed by nobody, and outlives the site that it tells of', async () => {
    const name = `short-lived ${randomUUID()}`;
    const siteId = await createSite(api, { name });
    await client(api).delete(`/v1/sites/${siteId}`).query({ name }).expect(204);
    expect((await entries(`&siteId=${siteId}`)).map(({ action }) => action)).toEqual(['deleteSite']);
    for (const statement of [
      'update audit_log set status = 1',
      'delete from audit_log',
      'truncate audit_log',
    ])
      await expect(api.database.query(statement)).rejects.toThrow('entries of audit_log are never changed');
  });
});
