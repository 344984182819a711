import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '@mailpath/protocol';
import { type RunningApi, startApi } from './support/api.ts';
import { get, REFUSED, siteOf } from './support/finding-site.ts';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const HOUR_MS = 3_600_000;
const ago = (ms: number): { startedAt: string } => ({ startedAt: new Date(Date.now() - ms).toISOString() });

describe('a server that has said nothing for an hour, beside one that has', () => {
  async function site() {
    const made = await siteOf(api, 'app01', 'app02');
    const cells = async () => {
      const { body } = await get(api, `/v1/sites/${made.siteId}/comparison`).expect(200);
      const { servers, rows } = body as Comparison;
      const names = new Map(servers.map(({ id, name }) => [id, name]));
      return rows
        .filter(({ check }) => check === 'imap.tls')
        .flatMap(({ cells: each, differences }) => [
          ...each
            .filter(({ outcome }) => outcome !== null)
            .map(
              ({ serverId, stale, outcome }) => `${names.get(serverId)} ${stale ? 'old' : 'new'} ${outcome}`,
            ),
          ...differences.map(({ serverId }) => `${names.get(serverId)} differs`),
        ]);
    };
    return { ...made, cells };
  }

  it('has cells that are shown as old, whatever they said, and the other one has not', async () => {
    const { report, cells, leave } = await site();
    await report('app01', ago(HOUR_MS));
    await report('app02', ago(0));
    expect(await cells()).toEqual(['app01 old pass', 'app02 new pass']);
    await leave();
  });

  it('is not compared with the other one, and no finding is made of it', async () => {
    const { report, cells, list, leave } = await site();
    await report('app01', { ...REFUSED, ...ago(HOUR_MS) });
    await report('app02', ago(0));
    expect(await cells()).toEqual(['app01 old fail', 'app02 new pass']);
    const rules = (await list({ state: 'all' })).map(({ rule }) => rule);
    expect(rules.filter((rule) => rule.startsWith('connect.'))).toEqual([]);
    await leave();
  });

  it('has cells of now again with the first result of now, and old ones keep no finding from closing', async () => {
    const { report, cells, list, leave } = await site();
    const first = await report('app01', { ...REFUSED, ...ago(60_000) });
    await report('app01', { ...REFUSED, ...ago(30_000), repeats: first.id });
    expect((await list()).map(({ rule }) => rule)).toEqual(['connect.refused']);
    await report('app01', ago(0));
    await report('app02', ago(0));
    expect(await cells()).toEqual(['app01 new pass', 'app02 new pass']);
    expect(await list()).toEqual([]);
    await leave();
  });
});
