import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Callers } from '../apps/api/src/trust/access/callers.service.ts';
import { ApiKeysService, EVERYTHING } from '../apps/api/src/trust/access/api-keys.service.ts';
import { startApi, type RunningApi } from './support/api.ts';

describe('API keys', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(() => api.close());

  const as = (key: string) => request.agent(api.server).auth(key, { type: 'bearer' });
  const create = async (name: string) => {
    const { status, body } = await as(api.apiKey).post('/v1/api-keys').send({ name });
    expect(status).toBe(201);
    return body as { id: string; key: string; name: string };
  };

  it('are shown once, work at once, and are stored as a hash only', async () => {
    const made = await create('Überwachung 監視 🛰️');
    expect(made.key).toMatch(/^mpk_[A-Za-z0-9_-]{43}$/);
    expect((await as(made.key).get('/v1/sites')).status).toBe(200);

    const list = await as(api.apiKey).get('/v1/api-keys');
    expect(list.body.items).toContainEqual({
      id: made.id,
      name: 'Überwachung 監視 🛰️',
      role: 'administrator',
      siteId: null,
      expiresAt: null,
      lastUsedAt: expect.any(String),
      createdAt: expect.any(String),
      revokedAt: null,
    });
    expect(list.text).not.toContain(made.key);
    const rows = await api.database.query<{ row: string }>('select api_keys::text as row from api_keys');
    expect(rows.some(({ row }) => row.includes(made.key))).toBe(false);
  });

  it('are refused from the moment they are revoked, and stay in the list', async () => {
    const made = await create('short-lived');
    expect((await as(api.apiKey).delete(`/v1/api-keys/${made.id}`)).status).toBe(204);
    expect((await as(made.key).get('/v1/sites')).status).toBe(401);
    expect((await as(api.apiKey).delete(`/v1/api-keys/${made.id}`)).status).toBe(204);
    const { body } = await as(api.apiKey).get('/v1/api-keys');
    expect(body.items.find((key: { id: string }) => key.id === made.id).revokedAt).toEqual(
      expect.any(String),
    );
  });

  it('cannot be revoked down to none, even when the last two go at the same moment', async () => {
    const other = await create('the other one');
    const { body } = await as(api.apiKey).get('/v1/api-keys');
    const active = body.items.filter((key: { revokedAt: string | null }) => key.revokedAt === null);
    const rest = active.filter((key: { id: string }) => key.id !== other.id);
    for (const { id } of rest.slice(1)) await as(other.key).delete(`/v1/api-keys/${id}`);

    const keys = api.app.get(ApiKeysService);
    const outcomes = await Promise.allSettled([keys.revoke(other.id), keys.revoke(rest[0].id)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'conflict', status: 409 });
    const left = await api.database.query('select from api_keys where revoked_at is null');
    expect(left).toHaveLength(1);
  });

  it('answer 404 for a key that does not exist', async () => {
    const { key } = await api.app.get(ApiKeysService).create({ name: 'for this one', ...EVERYTHING });
    const answer = await as(key).delete('/v1/api-keys/01a20bac-7abe-74ff-a112-9ae128132374');
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('not-found');
  });
});

describe('the first API key', () => {
  it('is made once, however many instances start at the same moment, and is the one that was given', async () => {
    const given = `mpk_${'k'.repeat(43)}`;
    const api = await startApi();
    try {
      await api.database.query('delete from api_keys');
      const keys = api.app.get(ApiKeysService);
      const made = await Promise.all(Array.from({ length: 5 }, () => keys.createFirst(given)));
      expect(made.filter((key) => key !== null)).toEqual([given]);
      expect(await api.app.get(Callers).byKey(given)).toMatchObject({ role: 'administrator' });
    } finally {
      await api.close();
    }
  });
});
