import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteEvent } from '../apps/api/src/conclusions/live/site-event.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { EventReader } from './support/event-reader.ts';
import { get, REFUSED, siteOf } from './support/finding-site.ts';
import { client } from './support/mail-site.ts';
import { enrolServer, resultOf, ScriptedAgent } from './support/scripted-agent.ts';

/** Two instances over one Postgres: agents join one, people watch the other. */
describe('a site that is watched', () => {
  let api: RunningApi;
  let other: RunningApi;

  beforeAll(async () => {
    api = await startApi();
    other = await startApi({ database: api.database });
  });
  afterAll(async () => {
    await other.close();
    await api.close();
  });

  const watch = (at: RunningApi, siteId: string, query = '', headers: Record<string, string> = {}) =>
    EventReader.open(`${at.url}/v1/sites/${siteId}/events${query}`, {
      authorization: `Bearer ${api.apiKey}`,
      ...headers,
    });

  it('tells a changed cell at both instances, in the language asked for, and then the finding', async () => {
    const site = await siteOf(api, 'app01', 'app02');
    await site.report('app01');
    await site.report('app02');
    const readers = [await watch(api, site.siteId), await watch(other, site.siteId, '?language=ja')];
    for (const reader of readers) expect(await reader.first('beat')).toEqual({});
    const failed = await site.report('app02', REFUSED);
    for (const [reader, sentence] of [
      [readers[0], 'TCP to outlook.office365.com:993 is refused.'],
      [readers[1], 'outlook.office365.com:993 への TCP 接続が拒否されます。'],
    ] as const) {
      const isIt = ({ rows }: Extract<SiteEvent, { event: 'comparison' }>['data']) =>
        rows.some(({ cells }) => cells.some(({ resultId }) => resultId === failed.id));
      const { rows } = await (reader as EventReader).first('comparison', isIt);
      const [cell] = rows.flatMap(({ cells }) => cells).filter(({ resultId }) => resultId === failed.id);
      expect(rows[0]).toMatchObject({ check: 'imap.tls', target: 'imap' });
      expect(cell).toMatchObject({ outcome: 'fail', sentence });
      expect(
        rows.flatMap(({ cells }) => cells).every(({ serverId }) => serverId === site.serverId('app02')),
      ).toBe(true);
    }
    await site.report('app02', REFUSED);
    for (const reader of readers) await reader.first('finding', ({ state }) => state === 'open');
    for (const reader of readers) reader.close();
    await site.leave();
  });

  it('tells of agents that come and go, of runs, of changed settings and of findings that close', async () => {
    const site = await siteOf(api, 'app01');
    await site.report('app01', REFUSED);
    await site.report('app01', REFUSED);
    const reader = await watch(other, site.siteId);
    await reader.first('beat');
    const run = await client(api)
      .post(`/v1/sites/${site.siteId}/runs`)
      .send({ checks: ['imap.tls'], mailboxes: false });
    await reader.first(
      'run',
      ({ id, state, received }) => id === run.body.id && state === 'running' && received === 0,
    );
    const agent = site.agent('app01');
    await agent.deliver([
      { sequence: agent.nextSequence(), runId: run.body.id as string, result: resultOf() },
    ]);
    expect(await reader.first('run', ({ state }) => state === 'done')).toMatchObject({
      id: run.body.id,
      received: 1,
    });
    await reader.first('finding', ({ state }) => state === 'closed');
    await client(api).patch(`/v1/sites/${site.siteId}`).send({ esLevel: 'ES7' }).expect(200);
    await reader.first('site');
    const identity = await enrolServer(api, site.siteId, 'app02');
    const second = await ScriptedAgent.join(api.url, identity);
    await reader.first(
      'agent',
      ({ serverId, state }) => serverId === identity.serverId && state === 'connected',
    );
    await second.leave();
    await reader.first(
      'agent',
      ({ serverId, state }) => serverId === identity.serverId && state === 'disconnected',
    );
    reader.close();
    await site.leave();
  });

  it('goes on where it was cut off, with ids that grow; says so where that is not known', async () => {
    const site = await siteOf(api, 'app01', 'app02');
    await site.report('app01');
    const reader = await watch(api, site.siteId);
    await reader.first('beat');
    await site.report('app02');
    await reader.first('comparison');
    const id = reader.lastId;
    reader.close();
    const missed = await site.report('app01', REFUSED);
    const again = await watch(api, site.siteId, '', { 'last-event-id': id });
    const { rows } = await again.first('comparison', (data) =>
      data.rows.some(({ cells }) => cells.some(({ resultId }) => resultId === missed.id)),
    );
    expect(rows.length).toBe(1);
    expect(again.names).not.toContain('reset');
    const numbers = [id, ...again.ids].map((each) => Number(each.split('-')[0]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    for (const [at, from] of [
      [other, id],
      [api, 'nonsense'],
      [api, `${Number.MAX_SAFE_INTEGER}-${id.split('-')[1]}`],
    ] as const) {
      const elsewhere = await watch(at, site.siteId, '', { 'last-event-id': from });
      expect(await elsewhere.first('reset')).toEqual({});
      elsewhere.close();
    }
    again.close();
    await site.leave();
  });

  it('ends when the key is revoked or the site is removed, and lets nobody in without a key', async () => {
    const site = await siteOf(api, 'app01');
    const key = (await client(api).post('/v1/api-keys').send({ name: 'watcher' }).expect(201)).body;
    const reader = await watch(other, site.siteId, '', { authorization: `Bearer ${key.key}` });
    const own = await watch(api, site.siteId);
    await reader.first('beat');
    await client(api).delete(`/v1/api-keys/${key.id}`).expect(204);
    await reader.ended;
    await expect(watch(api, site.siteId, '', { authorization: `Bearer ${key.key}` })).rejects.toThrow('401');
    await site.leave();
    const { body } = await get(api, `/v1/sites/${site.siteId}`);
    await client(api).delete(`/v1/sites/${site.siteId}`).query({ name: body.name }).expect(204);
    await own.ended;
    await expect(watch(api, site.siteId)).rejects.toThrow('404');
    await expect(watch(api, uuid())).rejects.toThrow('404');
    await expect(watch(api, site.siteId, '?language=fr')).rejects.toThrow('400');
  });

  it('is an answer that nobody keeps, packs or holds back, and that a HEAD does not wait for', async () => {
    const site = await siteOf(api, 'app01');
    const reader = await watch(api, site.siteId, '', { 'accept-encoding': 'gzip, br' });
    expect(reader.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(reader.headers['cache-control']).toBe('no-store');
    expect(reader.headers['x-accel-buffering']).toBe('no');
    expect(reader.headers['content-encoding']).toBeUndefined();
    reader.close();
    await client(api).head(`/v1/sites/${site.siteId}/events`).expect(200);
    await site.leave();
  });
});
