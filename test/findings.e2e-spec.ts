import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FindingsEvaluator } from '../apps/api/src/conclusions/findings/findings.evaluator.ts';
import type { FindingDetail } from '../apps/api/src/conclusions/findings/finding.query.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { type FindingList, get, judged, REFUSED, siteOf } from './support/finding-site.ts';
import { createSite, enrolServer, resultOf, ScriptedAgent } from './support/scripted-agent.ts';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('a finding', () => {
  it('is pending after one failure and opens with the second look', async () => {
    const site = await siteOf(api, 'app01');
    const first = await site.report('app01', REFUSED);
    expect(await site.list()).toEqual([]);
    const [pending] = await site.list({ state: 'pending' });
    expect(pending).toMatchObject({ state: 'pending', openedAt: null, openings: 0 });
    const second = await site.report('app01', { ...REFUSED, repeats: first.id });
    const [open] = await site.list();
    expect(open).toMatchObject({
      id: pending?.id,
      state: 'open',
      openings: 1,
      closedAt: null,
      key: 'connect.refused outlook.office365.com:993',
      owner: 'network',
      servers: [{ id: site.serverId('app01'), name: 'app01' }],
    });
    expect((await site.detail(open)).results).toEqual([
      {
        serverId: site.serverId('app01'),
        server: 'app01',
        check: 'imap.tls',
        target: 'imap',
        resultId: second.id,
        basis: true,
      },
    ]);
    await site.leave();
  });

  it('opens when a later round finds it again, without a second look', async () => {
    const site = await siteOf(api, 'app01');
    await site.report('app01', REFUSED);
    await site.report('app01', REFUSED);
    expect(await site.list()).toMatchObject([{ state: 'open', openings: 1 }]);
    await site.leave();
  });

  it('is forgotten when the second look passes', async () => {
    const site = await siteOf(api, 'app01');
    const first = await site.report('app01', REFUSED);
    await site.report('app01', { repeats: first.id });
    const rules = (await site.list({ state: 'all' })).map(({ rule, state }) => [rule, state]);
    expect(rules).toEqual([['connect.only-together', 'pending']]);
    await site.leave();
  });

  it('closes within one round, and opens again in the same row with one more opening', async () => {
    const site = await siteOf(api, 'app01');
    const first = await site.report('app01', REFUSED);
    await site.report('app01', { ...REFUSED, repeats: first.id });
    const [opened] = await site.list();
    await site.report('app01');
    expect(await site.list()).toEqual([]);
    const [closed] = await site.list({ state: 'closed' });
    expect(closed).toMatchObject({ id: opened?.id, closedAt: expect.any(String), openings: 1 });

    await site.report('app01', REFUSED);
    await site.report('app01', REFUSED);
    const [again] = await site.list();
    expect(again).toMatchObject({
      id: opened?.id,
      firstSeenAt: opened?.firstSeenAt,
      openings: 2,
      closedAt: null,
    });
    const { body } = await get(api, `/v1/sites/${site.siteId}/findings/${again?.id}`).expect(200);
    expect((body as FindingDetail).history).toEqual([
      { openedAt: again?.openedAt, closedAt: null },
      { openedAt: opened?.openedAt, closedAt: closed?.closedAt },
    ]);
    await site.leave();
  });

  it('stays open when its agent goes away, and when only old results come', async () => {
    const site = await siteOf(api, 'app01');
    await site.report('app01', REFUSED);
    await site.report('app01', REFUSED);
    await site.report('app01', { startedAt: '2026-01-01T00:00:00.000Z' });
    await site.leave();
    await judged(api);
    expect(await site.list()).toMatchObject([{ state: 'open' }]);
  });

  it('is told of a server that stops reporting, with nothing coming that would ask, and is over with its next word', async () => {
    const siteId = await createSite(api, { name: randomUUID(), inboundProtocol: 'imap', everySeconds: 10 });
    const identity = await enrolServer(api, siteId, 'app01');
    const agent = await ScriptedAgent.join(api.url, identity);
    await agent.deliver([{ sequence: 1, runId: null, result: resultOf() }]);
    const rules = async () => {
      const { body } = await get(api, `/v1/sites/${siteId}/findings`).expect(200);
      return (body as FindingList).items.map(({ rule }) => rule);
    };
    await judged(api);
    expect(await rules()).toEqual([]);
    await expect.poll(rules).toEqual(['mailpath.server-silent']);
    await agent.deliver([{ sequence: 2, runId: null, result: resultOf() }]);
    await judged(api);
    expect(await rules()).toEqual([]);
    await agent.leave();
  });

  it('opens for a clock that is far behind, though its results seem old', async () => {
    const site = await siteOf(api, 'app01');
    const startedAt = new Date(Date.now() - 3_600_000).toISOString();
    const clock = { source: 'http-date', aheadMs: -3_600_000 } as const;
    const smtp = {
      check: 'smtp.submission',
      target: { name: 'smtp', host: 'smtp.office365.com', port: 587 },
    };
    await site.report('app01', { startedAt, evidence: { clock } });
    // One other end may be wrong itself.
    expect(await site.list({ state: 'pending' })).toEqual([]);
    for (let round = 1; round <= 2; round += 1) {
      await site.report('app01', { startedAt, evidence: { clock } });
      await site.report('app01', { ...smtp, startedAt, evidence: { clock } });
    }
    expect((await site.list()).map(({ rule }) => rule)).toEqual(['clock.wrong']);
    await site.leave();
  });

  it('is one for two servers with one cause, and loses the part of one that is retired', async () => {
    const site = await siteOf(api, 'app01', 'app02');
    for (const name of ['app01', 'app02', 'app01', 'app02']) await site.report(name, REFUSED);
    const findings = await site.list();
    expect(findings.map(({ servers }) => servers.map(({ name }) => name))).toEqual([['app01', 'app02']]);
    await request(api.server)
      .delete(`/v1/sites/${site.siteId}/servers/${site.serverId('app02')}`)
      .auth(api.apiKey, { type: 'bearer' })
      .expect(204);
    await judged(api);
    const [left] = await site.list();
    expect(left?.servers.map(({ name }) => name)).toEqual(['app01']);
    expect((await site.detail(left)).results.map(({ serverId }) => serverId)).toEqual([
      site.serverId('app01'),
    ]);
    await site.agent('app01').leave();
  });

  it('goes with a target that is not asked for any more', async () => {
    const site = await siteOf(api, 'app01');
    const extra = {
      name: 'routing',
      check: 'tcp.connect',
      host: '127.0.0.1',
      port: 38_001,
      roles: ['application'],
    };
    const change = (extraTargets: object[]) =>
      request(api.server)
        .patch(`/v1/sites/${site.siteId}`)
        .auth(api.apiKey, { type: 'bearer' })
        .send({ extraTargets })
        .expect(200);
    await change([extra]);
    const target = { name: 'routing', host: '127.0.0.1', port: 38_001 };
    await site.report('app01', { ...REFUSED, check: 'tcp.connect', target });
    await site.report('app01', { ...REFUSED, check: 'tcp.connect', target });
    expect(await site.list()).toHaveLength(1);
    await change([]);
    await judged(api);
    expect(await site.list()).toEqual([]);
    await site.leave();
  });

  it('is not written twice by two instances that judge at the same moment', async () => {
    const other = await startApi({ database: api.database });
    const site = await siteOf(api, 'app01', 'app02');
    const away = await enrolServer(api, site.siteId, 'app03');
    const agent = await ScriptedAgent.join(other.url, away);
    const results = () => [{ ...resultOf(REFUSED) }];
    for (let round = 1; round <= 3; round += 1) {
      const [here, there] = [results(), results()];
      await Promise.all([
        site.report('app01', here[0]),
        agent.deliver(there.map((result) => ({ sequence: agent.nextSequence(), runId: null, result }))),
      ]);
      await Promise.all([judged(api), other.app.get(FindingsEvaluator).settled()]);
    }
    expect((await site.list({ state: 'all' })).map(({ state, openings }) => [state, openings])).toEqual([
      ['open', 1],
    ]);
    const rows = await api.database.query('select from finding_openings where site_id = $1', [site.siteId]);
    expect(rows).toHaveLength(1);
    await agent.leave();
    await site.leave();
    await other.close();
  });

  it('is judged by the next start when the last one ended before', async () => {
    const first = await startApi({ database: api.database });
    const siteId = await createSite(first, { name: randomUUID() });
    const identity = await enrolServer(first, siteId, 'app01');
    const agent = await ScriptedAgent.join(first.url, identity);
    await agent.deliver([{ sequence: agent.nextSequence(), runId: null, result: resultOf(REFUSED) }]);
    // Nobody waits for the judgement: the end does.
    await first.close();
    const { body } = await get(api, `/v1/sites/${siteId}/findings`, { state: 'pending' }).expect(200);
    expect((body as FindingList).items).toHaveLength(1);
    await api.database.query('delete from findings where site_id = $1', [siteId]);
    const second = await startApi({ database: api.database });
    await second.app.get(FindingsEvaluator).settled();
    const { body: later } = await get(api, `/v1/sites/${siteId}/findings`, { state: 'pending' }).expect(200);
    expect((later as FindingList).items).toHaveLength(1);
    await second.close();
  });

  it('never keeps a result from being stored', async () => {
    const site = await siteOf(api, 'app01');
    await judged(api);
    await api.database.query('alter table findings rename to findings_away');
    try {
      await site.report('app01', REFUSED);
    } finally {
      await api.database.query('alter table findings_away rename to findings');
    }
    const { body } = await get(api, `/v1/sites/${site.siteId}/results`).expect(200);
    expect(body.items).toHaveLength(1);
    await site.report('app01', REFUSED);
    expect(await site.list({ state: 'pending' })).toHaveLength(1);
    await site.leave();
  });
});
