import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Upkeep } from '../apps/api/src/app/upkeep/upkeep.service.ts';
import { Clock } from '../apps/api/src/platform/clock.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { createSite } from './support/scripted-agent.ts';

const DAY_MS = 86_400_000;
const DEFAULTS = { resultsDays: 10, hourRollUpsDays: 730, dayRollUpsDays: 3650 };

describe('how long history is kept', () => {
  let api: RunningApi;
  /** Another instance on the same database. */
  let second: RunningApi;
  let siteId: string;

  beforeAll(async () => {
    const env = { MAILPATH_RETENTION_DAYS: String(DEFAULTS.resultsDays) };
    api = await startApi({ env });
    second = await startApi({ database: api.database, env });
    siteId = await createSite(api, { name: 'retention' });
    await second.app.get(Upkeep).tend();
  });
  afterAll(async () => {
    await second.close();
    await api.close();
  });

  const ask = (method: 'get' | 'patch', at = api) =>
    request(at.server)[method]('/v1/retention').set('authorization', `Bearer ${api.apiKey}`);
  /** A run that was over so many days ago. */
  const runOf = async (age: number): Promise<string> => {
    const id = randomUUID();
    await api.database.query(
      `insert into runs (site_id, id, kind, requested_at, deadline_at) values ($1, $2, 'asked', $3, $3)`,
      [siteId, id, new Date(Date.now() - age * DAY_MS)],
    );
    return id;
  };
  /** What is left when the second instance has cleaned up, so many days from now. */
  const leftIn = async (days: number): Promise<string[]> => {
    second.app.get(Clock).now = () => new Date(Date.now() + days * DAY_MS);
    await second.app.get(Upkeep).tend();
    const rows = await api.database.query<{ id: string }>('select id from runs where site_id = $1', [siteId]);
    return rows.map(({ id }) => id);
  };

  it('is what an administrator sets, on every instance, from the next clean-up on', async () => {
    const before = await ask('get').expect(200);
    expect(before.body).toMatchObject({
      resultsDays: null,
      hourRollUpsDays: null,
      dayRollUpsDays: null,
      defaults: DEFAULTS,
      inForce: DEFAULTS,
    });
    for (const bytes of Object.values(before.body.bytes)) expect(bytes).toBeGreaterThan(0);

    const tag = before.headers['etag'] as string;
    const changed = await ask('patch').set('if-match', tag).send({ resultsDays: 30 }).expect(200);
    expect(changed.body).toMatchObject({ resultsDays: 30, inForce: { ...DEFAULTS, resultsDays: 30 } });
    expect((await ask('get', second)).headers['etag']).toBe(changed.headers['etag']);
    await ask('patch', second).set('if-match', tag).send({ resultsDays: 1 }).expect(412);
    const [kept, gone] = [await runOf(20), await runOf(40)];
    const left = await leftIn(1);
    expect(left).toContain(kept);
    expect(left).not.toContain(gone);
  });

  it('goes back to what Mailpath was started with, each kind by itself', async () => {
    const kept = await runOf(20);
    await ask('patch').send({ resultsDays: 30, dayRollUpsDays: 400 }).expect(200);
    const { body } = await ask('patch').send({ resultsDays: null }).expect(200);
    expect(body).toMatchObject({
      resultsDays: null,
      dayRollUpsDays: 400,
      inForce: { ...DEFAULTS, dayRollUpsDays: 400 },
    });
    expect(await leftIn(2)).not.toContain(kept);
  });

  it.each([0, 3651, -1, 1.5, '30', true])(
    'is never %j days, and the refusal says which are',
    async (wrong) => {
      const { body } = await ask('patch').send({ hourRollUpsDays: wrong }).expect(400);
      expect(body.errors).toEqual([
        { field: 'hourRollUpsDays', message: expect.stringContaining('1 to 3650') },
      ]);
    },
  );
});
