import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { Packing } from '../apps/api/src/history/packing/packing.service.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { client } from './support/mail-site.ts';
import { always, HOUR_MS, LONG_AGO, observed } from './support/observed-results.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

const failure = { phase: 'connect', code: 'refused', message: 'imap.example:993 refused' } as const;

describe('the comparison', () => {
  let api: RunningApi;
  let siteId: string;
  let site: string;
  let identity: Identity;
  let mine: ScriptedAgent;

  const read = async (path: string, query: object = {}) =>
    (await client(api).get(`${site}/${path}`).query(query).expect(200)).body;
  const pack = () => api.app.get(Packing).pack(new Date(), always);

  beforeAll(async () => {
    api = await startApi();
    siteId = await createSite(api, { name: 'then and now', mailboxEverySeconds: 900 });
    site = `/v1/sites/${siteId}`;
    identity = await enrolServer(api, siteId, 'svc01', ['services']);
    mine = await ScriptedAgent.join(api.url, identity);
  });
  afterAll(() => api.close());

  it('shows a site as it was, and what has changed since', async () => {
    const then = LONG_AGO + 20 * HOUR_MS;
    const check = 'imap.tls';
    const { rows: now } = await read('comparison');
    const { target } = now.find((row: { check: string }) => row.check === check);
    const at = (ms: number, n: number, changes: Partial<CheckResult> = {}) =>
      deliveriesFrom(n, 1, () => observed(ms, n, { check, target, ...changes }));
    await mine.deliver(at(then, 1));
    await mine.deliver(at(then + 60_000, 2, { outcome: 'fail', failure }));
    await mine.deliver(at(Date.now() - 2_000, 3));
    await pack();
    const cell = async (query: object) => {
      const { rows: all } = await read('comparison', query);
      const row = all.find((each: { check: string }) => each.check === check);
      return row.cells.find(({ serverId }: { serverId: string }) => serverId === identity.serverId);
    };
    const moment = (ms: number) => ({ at: new Date(ms).toISOString() });
    expect(await cell(moment(then + 30_000))).toMatchObject({ outcome: 'pass', stale: false });
    expect(await cell(moment(then + 61_000))).toMatchObject({ outcome: 'fail', code: 'refused' });
    expect(await cell(moment(then - 1))).toMatchObject({ outcome: 'no-data' });
    expect(await cell({})).toMatchObject({ outcome: 'pass' });

    const changes = async (query: object) => (await read('comparison/changes', query)).items;
    expect(await changes({ since: moment(then + 61_000).at })).toMatchObject([{ kind: 'better', check }]);
    expect(await changes({ since: moment(then + 1).at, until: moment(then + 61_000).at })).toMatchObject([
      { kind: 'worse', check, serverName: 'svc01', before: { outcome: 'pass' }, after: { code: 'refused' } },
    ]);

    const caller = client(api);
    const { body: baseline } = await caller
      .post(`${site}/baselines`)
      .send({ name: 'before', ...moment(then + 61_000) })
      .expect(201);
    await caller.post(`${site}/baselines`).send({ name: 'before' }).expect(409);
    await caller
      .post(`${site}/baselines`)
      .send({ name: 'future', ...moment(Date.now() + HOUR_MS) })
      .expect(400);
    await caller
      .post(`${site}/baselines`)
      .send({ name: 'nothing', ...moment(LONG_AGO - 900 * HOUR_MS) })
      .expect(400);
    // It stays when the results of that time are gone.
    await api.database.query('delete from packs where site_id = $1', [siteId]);
    expect(await cell(moment(then + 61_000))).toMatchObject({ outcome: 'no-data' });
    expect(await cell({ baseline: baseline.id })).toMatchObject({ outcome: 'fail', code: 'refused' });
    expect(await changes({ baseline: baseline.id })).toMatchObject([{ kind: 'better', check }]);
    await caller.get(`${site}/comparison`).query({ baseline: randomUUID() }).expect(404);
    await caller
      .get(`${site}/comparison`)
      .query({ baseline: baseline.id, ...moment(then) })
      .expect(400);
    await caller.get(`${site}/comparison/changes`).expect(400);
    await caller.delete(`${site}/baselines/${baseline.id}`).expect(204);
    await caller.delete(`${site}/baselines/${baseline.id}`).expect(404);
  });
});
