import request from 'supertest';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, startApi, type FreshDatabase, type RunningApi } from './support/api.ts';
import { gateTo, type DatabaseGate } from './support/database-gate.ts';

describe('health', () => {
  let database: FreshDatabase;
  let gate: DatabaseGate;
  let api: RunningApi;

  beforeAll(async () => {
    database = await createDatabase();
    gate = await gateTo(database.url);
    api = await startApi({ database: { ...database, url: gate.url } });
  });

  afterEach(() => gate.open());

  afterAll(async () => {
    await api.close();
    await gate.close();
    await database.drop();
  });

  const get = (path: string) => request(api.server).get(path).auth(api.apiKey, { type: 'bearer' });
  const readiness = async () => (await get('/health/ready')).status;
  const becomes = (status: number) =>
    vi.waitFor(async () => expect(await readiness()).toBe(status), { timeout: 120_000, interval: 100 });

  it('is live and ready while the database answers', async () => {
    expect((await get('/health/live')).body).toEqual({ status: 'ok' });
    const { status, body } = await get('/health/ready');
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ready', parts: { database: 'ready' } });
  });

  it('is live but not ready while the database is stopped, and ready again by itself', async () => {
    await gate.cut();
    await becomes(503);
    expect((await get('/health/ready')).body).toEqual({
      status: 'not-ready',
      parts: { database: 'not-ready' },
    });
    expect((await get('/health/live')).status).toBe(200);
    await gate.open();
    await becomes(200);
    expect((await get('/v1/sites')).status).toBe(200);
  });

  it('lets requests fail with 503 and a time to come back, and not with what went wrong inside', async () => {
    await gate.cut();
    await becomes(503);
    const { status, headers, body, text } = await get('/v1/sites');
    expect(status).toBe(503);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(body).toMatchObject({ code: 'unavailable', requestId: headers['x-request-id'] });
    expect(text).not.toMatch(/ECONN|127\.0\.0\.1|pg|select/i);
  });

  it('says within two seconds that it is not ready when the database hangs, and lets no request hang with it', async () => {
    expect((await get('/v1/sites')).status).toBe(200); // so that the pool holds a connection that will hang
    gate.freeze();
    const before = performance.now();
    expect(await readiness()).toBe(503);
    expect(performance.now() - before).toBeLessThan(30_000);
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/v1/sites')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect((await get('/health/live')).status).toBe(200);

    await gate.open();
    await becomes(200);
    expect((await get('/v1/sites')).status).toBe(200);
  });

  it('leaves all connections that are silent when the first is found to be, and none has to be waited for after it', async () => {
    const database = api.app.get(DataSource);
    await Promise.all(Array.from({ length: 10 }, () => database.query('select pg_sleep(0.2)')));
    gate.freezeStanding();
    // Asked one after the other, each on a connection of its own while the first still waits; the API needs some too.
    const waiting: Promise<string>[] = [];
    const asked = () =>
      waiting.push(
        database.query('select 1').then(
          () => 'answered',
          () => 'failed',
        ),
      );
    asked();
    const more = setInterval(() => waiting.length < 7 && asked(), 1_000);
    const first = await waiting[0];
    clearInterval(more);
    const others = await Promise.all(waiting.slice(1).map((each) => Promise.race([each, nextTurns()])));
    expect(first).toBe('failed');
    expect(others.filter((each) => each === 'waits')).toEqual([]);
    expect(await readiness()).toBe(200);
  });
});

/** What else the end of a connection brings about has come about by then. */
async function nextTurns(): Promise<'waits'> {
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return 'waits';
}
