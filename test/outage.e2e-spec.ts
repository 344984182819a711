import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { startPostgres } from '../libs/embedded-postgres/src/index.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

/** A database server of this spec's own, so that it can be stopped. */
let home: string;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let api: RunningApi;
let identity: Identity;

const port = () => Number(new URL(postgres.url).port);

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mailpath-outage-'));
  chmodSync(home, 0o711);
  postgres = await startPostgres(home);
  const query = async <Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> => {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return (await client.query<Row>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  };
  api = await startApi({ database: { url: postgres.url, query, drop: async () => undefined } });
  identity = await enrolServer(api, await createSite(api, { name: 'outage' }), 'svc01', ['services']);
});
afterAll(async () => {
  await api.close();
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
});

const readiness = async () => (await request(api.server).get('/health/ready')).status;

describe('while Postgres is stopped', () => {
  it('says so, keeps the agents, defers their results, and stores each of them once when it is back', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    await agent.deliver(deliveriesFrom(1, 3));
    const before = port();
    await postgres.stop();

    await expect.poll(readiness, { timeout: 120_000 }).toBe(503);
    await request(api.server).get('/health/live').expect(200);
    const refused = await request(api.server).get('/v1/sites').set('authorization', `Bearer ${api.apiKey}`);
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);

    const batch = deliveriesFrom(4, 3);
    agent.send('results', { boot: agent.boot, deliveries: batch });
    const deferred = await agent.next('deferred');
    expect(deferred).toMatchObject({ boot: agent.boot });
    expect(deferred.retryAfterMs).toBeGreaterThan(0);

    // On the same port: a database server that comes back is where it was.
    postgres = await startPostgres(home, { port: before });
    await expect.poll(readiness, { timeout: 120_000 }).toBe(200);
    expect((await agent.deliver(batch)).sequence).toBe(6);
    const rows = await api.database.query('select sequence::int from results order by sequence');
    expect(rows.map((row) => (row as { sequence: number }).sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    await agent.leave();
  });
});
