import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult, Phase } from '@mailpath/protocol';
import { NewestResults } from '../apps/api/src/conclusions/findings/newest-results.service.ts';
import { PastRounds } from '../apps/api/src/conclusions/findings/past-rounds.service.ts';
import { ResultsService } from '../apps/api/src/history/results/results.service.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { REFUSED, siteOf } from './support/finding-site.ts';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const ROUND_MS = 5 * 60_000;

/** A site of three servers, and what tells one round of each, the newest a moment ago. */
async function site() {
  const servers = ['svc01', 'app01', 'app02'] as const;
  const made = await siteOf(api, ...servers);
  /** What app01 sees in each round; the others see nothing but what is well. */
  const rounds = async (each: readonly Partial<CheckResult>[], others: Partial<CheckResult> = {}) => {
    const now = Date.now();
    for (const [index, changes] of each.entries()) {
      const startedAt = new Date(now - (each.length - 1 - index) * ROUND_MS).toISOString();
      for (const name of servers)
        await made.report(name, { ...(name === 'app01' ? changes : others), startedAt });
    }
  };
  return { ...made, rounds };
}

const rules = (found: readonly { rule: string }[]) => found.map(({ rule }) => rule);

describe('the rounds before the newest', () => {
  it('are read again of the server alone that has reported, and are what is stored', async () => {
    const { siteId, report, leave } = await siteOf(api, 'svc01', 'app01');
    const [past, newest] = [api.app.get(PastRounds), api.app.get(NewestResults)];
    const now = Date.now();
    const look = async (name: string, round: number) => {
      await report(name, { startedAt: new Date(now - round * ROUND_MS).toISOString() });
      const seen = (await newest.of(siteId, new Date())).newest;
      const read = await past.of(siteId, seen);
      expect(read).toEqual(await new PastRounds(api.app.get(ResultsService)).of(siteId, seen));
      return read;
    };
    await look('svc01', 3);
    await look('app01', 3);
    const before = await look('svc01', 2);
    const after = await look('app01', 2);
    const same = [...after].filter(([serverId, rounds]) => before.get(serverId) === rounds);
    const anew = [...after].filter(([serverId, rounds]) => before.get(serverId) !== rounds);
    expect([same.length, anew.length]).toEqual([1, 1]);
    expect(anew.flatMap(([, rounds]) => rounds).length).toBeGreaterThan(0);
    await leave();
  });
});

describe('what several rounds show', () => {
  it('a path that comes and goes is told of as that, on the one server of three that has it', async () => {
    const { rounds, list, detail, leave } = await site();
    await rounds([REFUSED, {}, REFUSED, {}, REFUSED, {}]);
    const found = await list({ state: 'all' });
    const flapping = found.find(({ rule }) => rule === 'path.flapping');
    expect(flapping).toMatchObject({ owner: 'network', servers: [{ name: 'app01' }] });
    expect((await detail(flapping)).evidence[0]).toMatch(/[-+]{4,6}$/);
    await leave();
  });

  it('one outage that is over is no flapping', async () => {
    const { rounds, list, leave } = await site();
    await rounds([{}, {}, REFUSED, REFUSED, {}, {}]);
    expect(rules(await list({ state: 'all' }))).not.toContain('path.flapping');
    await leave();
  });

  it('a phase that has become slow is told of by what it took before, as its times are kept', async () => {
    const { rounds, list, leave } = await site();
    const tls = (ms: number): Partial<CheckResult> => ({ phases: [{ name: 'tls' as Phase, ms }] });
    await rounds([tls(120), tls(130), tls(9_000), tls(9_100)], tls(110));
    const found = (await list({ state: 'all' })).find(({ rule }) => rule === 'path.slow');
    expect(found?.servers).toMatchObject([{ name: 'app01' }]);
    await leave();
  });
});
