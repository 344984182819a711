import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { Upkeep } from '../apps/api/src/app/upkeep/upkeep.service.ts';
import { Packing } from '../apps/api/src/history/packing/packing.service.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { client } from './support/mail-site.ts';
import { always, deliverAll, HOUR_MS, idAt, LONG_AGO, observed } from './support/observed-results.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

describe('results that no round needs any more', () => {
  let api: RunningApi;
  let siteId: string;
  let site: string;
  let identities: Identity[];
  let agents: ScriptedAgent[];

  const read = async (path: string, query: object = {}) =>
    (await client(api).get(`${site}/${path}`).query(query).expect(200)).body;
  const pack = (more = always) => api.app.get(Packing).pack(new Date(), more);
  const rows = async (table: string): Promise<number> =>
    (
      await api.database.query<{ n: number }>(`select count(*)::int as n from ${table} where site_id = $1`, [
        siteId,
      ])
    )[0]?.n ?? 0;

  beforeAll(async () => {
    api = await startApi();
    siteId = await createSite(api, { name: 'packing', mailboxEverySeconds: 900 });
    site = `/v1/sites/${siteId}`;
    identities = [
      await enrolServer(api, siteId, 'svc01', ['services']),
      await enrolServer(api, siteId, 'app01'),
    ];
    agents = await Promise.all(identities.map((identity) => ScriptedAgent.join(api.url, identity)));
    await api.app.get(Upkeep).tend();
  });
  afterAll(() => api.close());

  const failure = { phase: 'connect', code: 'refused', message: 'imap.example:993 refused' } as const;
  /** Every result of the site by pages of 50, as strangers read them. */
  const everything = async (query: object = {}) => {
    const items: unknown[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await read('results', { limit: 50, ...query, ...(cursor && { cursor }) });
      items.push(...page.items);
      if (!page.nextCursor) return items;
      cursor = page.nextCursor;
    }
  };

  it('are read as before: every list, every page, every result by its id', async () => {
    const runId = randomUUID();
    for (const [a, agent] of agents.entries()) {
      await deliverAll(
        agent,
        deliveriesFrom(1, 120, (n) => ({
          ...observed(LONG_AGO + n * 97_000 + a, n + 200 * a),
          ...(n % 10 === 0 && { outcome: 'fail' as const, failure }),
          ...(n === 31 && { outcome: 'warn' as const, reason: 'a certificate that ends soon' }),
        })),
      );
      // A second look, and one whose id tells nothing.
      const failed = idAt(LONG_AGO + 110 * 97_000 + a, 110 + 200 * a);
      await agent.deliver(
        deliveriesFrom(121, 2, (n) => ({
          ...observed(LONG_AGO + n * 97_000 + a, n + 200 * a),
          ...(n === 121 ? { repeats: failed } : { id: randomUUID() }),
        })),
      );
    }
    await api.database.query('update results set run_id = $1 where sequence between 5 and 9', [runId]);
    // As an earlier version stored them: nothing of the observation apart.
    await api.database.query(
      `update results set evidence_hash = null, evidence_values = null, evidence_hashes = '{}',
         phases = '[{"name":"resolve","ms":1.5}]', evidence = '{"dns":{"addresses":["192.0.2.1"],"error":null,"ms":1.5}}' where sequence = 7`,
    );
    const queries = [
      {},
      { serverId: identities[1]?.serverId },
      { server: 'svc01' },
      { outcome: 'fail,warn' },
      { check: 'tcp.b', outcome: 'fail' },
      { target: 'imap' },
      { target: 'nothing' },
      { runId },
      {
        from: new Date(LONG_AGO + HOUR_MS / 2).toISOString(),
        to: new Date(LONG_AGO + 2 * HOUR_MS).toISOString(),
      },
    ];
    const before = await Promise.all(queries.map((query) => everything(query)));
    const counts = before.map((items) => items.length);
    expect(counts).toEqual([244, 122, 122, 26, 8, 244, 0, 10, expect.any(Number)]);

    const packed = await pack();
    expect(packed.results).toBe(244);
    expect(await rows('results')).toBe(0);
    expect(await Promise.all(queries.map((query) => everything(query)))).toEqual(before);
    // The last of both servers are the ones whose ids tell nothing.
    const some = (before[0] as { result: CheckResult }[]).filter((_, n) => n < 4 || n % 20 === 0);
    for (const each of some) {
      const { sibling: _, ...alone } = await read(`results/${each.result.id}`);
      expect(alone).toEqual(each);
    }
    await client(api).get(`${site}/results/${randomUUID()}`).expect(404);
    await client(api)
      .get(`${site}/results/${idAt(LONG_AGO, 4_000)}`)
      .expect(404);
    // Only ids that tell nothing of their hour have a place of their own.
    expect(await rows('result_places')).toBe(2);
  });

  it('are packed beside what comes late, and a roll-up equals a recount', async () => {
    const target = 'imap';
    const [first] = identities;
    const query = { check: 'tcp.a', target, serverId: first?.serverId, buckets: 6 };
    const from = LONG_AGO - HOUR_MS;
    const late = deliveriesFrom(123, 240, (n) => observed(LONG_AGO + ((n * 7_919) % 10_000) * 1_000, n));
    await deliverAll(agents[0], late);
    const span = { from: new Date(from).toISOString(), to: new Date(from + 6 * HOUR_MS).toISOString() };
    const series = async () => (await read('series', { ...query, ...span })).servers[0].buckets;
    // Of hours that are rolled up in part, what is not is added.
    const beside = await series();
    await pack();
    const after = await series();
    const count = (buckets: ({ pass: number; fail: number } | null)[]) =>
      buckets.map((bucket) => bucket && [bucket.pass, bucket.fail]);
    expect(count(after)).toEqual(count(beside));

    const all = (await everything({ check: 'tcp.a', serverId: first?.serverId, ...span })) as {
      observedAt: string;
      result: CheckResult;
    }[];
    const firstLooks = all.filter(({ result }) => result.repeats === null);
    const gaps: unknown[] = [];
    for (const [slot, bucket] of after.entries()) {
      const own = firstLooks.filter(
        ({ observedAt }) => Math.floor((Date.parse(observedAt) - from) / HOUR_MS) === slot,
      );
      if (own.length === 0) {
        gaps.push(bucket);
        continue;
      }
      const passed = own.filter(({ result }) => ['pass', 'warn'].includes(result.outcome));
      const sorted = (of: (result: CheckResult) => number) =>
        passed
          .map(({ result }) => of(result))
          .filter(Number.isFinite)
          .sort((a, b) => a - b);
      const told = (values: number[]) => ({
        least: values[0],
        median: values[Math.ceil(values.length * 0.5) - 1],
        p95: values[Math.ceil(values.length * 0.95) - 1],
        most: values.at(-1),
      });
      expect(bucket).toMatchObject({
        at: new Date(from + slot * HOUR_MS).toISOString(),
        fail: own.filter(({ result }) => result.outcome === 'fail').length,
        durationMs: told(sorted(({ durationMs }) => durationMs)),
      });
      const connect = bucket.phases.find(({ name }: { name: string }) => name === 'connect');
      expect(connect.durationMs).toEqual(
        told(sorted(({ phases }) => phases.find(({ name }) => name === 'connect')?.ms ?? NaN)),
      );
    }
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.every((gap) => gap === null)).toBe(true);
  });

  it('tell the same by days, within the breadth of a step', async () => {
    const query = { check: 'tcp.a', target: 'imap', serverId: identities[0]?.serverId };
    const from = Math.floor((LONG_AGO - 48 * HOUR_MS) / (24 * HOUR_MS)) * 24 * HOUR_MS;
    const span = { from: new Date(from).toISOString(), to: new Date(from + 10 * 24 * HOUR_MS).toISOString() };
    const days = await read('series', { ...query, ...span, buckets: 10 });
    expect(days).toMatchObject({ source: 'days', bucketSeconds: 86_400 });
    const all = (await everything({ check: 'tcp.a', serverId: query.serverId, ...span })) as {
      observedAt: string;
      result: CheckResult;
    }[];
    const values = all.filter(({ result }) => result.repeats === null);
    const counted = days.servers[0].buckets.map((bucket: Record<string, number> | null) =>
      bucket ? (bucket['pass'] ?? 0) + (bucket['warn'] ?? 0) + (bucket['fail'] ?? 0) : 0,
    );
    expect(counted.reduce((sum: number, n: number) => sum + n, 0)).toBe(values.length);
    for (const bucket of days.servers[0].buckets.filter(Boolean)) {
      const own = values
        .filter(
          ({ observedAt, result }) =>
            observedAt.slice(0, 10) === bucket.at.slice(0, 10) && result.outcome !== 'fail',
        )
        .map(({ result }) => result.durationMs)
        .sort((a, b) => a - b);
      const p95 = own[Math.ceil(own.length * 0.95) - 1] ?? 0;
      expect(Math.abs(bucket.durationMs.p95 - p95)).toBeLessThanOrEqual(0.025 * p95 + 0.1);
      expect(bucket.durationMs).toMatchObject({ least: own[0], most: own.at(-1) });
    }
  });

  it('are packed once, wherever it is broken off, and by whoever goes on', async () => {
    const begin = LONG_AGO - 30 * HOUR_MS;
    const sent = deliveriesFrom(363, 200, (n) => observed(begin + n * 60_000, n));
    await deliverAll(agents[0], sent);
    for (const packs of [1, 0, 2, 1]) {
      let left = packs;
      // What is begun is ended; then the process has to go.
      await pack(() => (left -= 1) >= 0);
    }
    const unpacked = await rows('results');
    expect(unpacked).toBeGreaterThan(0);
    expect(unpacked).toBeLessThan(200);
    const span = { from: new Date(begin).toISOString(), to: new Date(begin + 10 * HOUR_MS).toISOString() };
    expect(await everything(span)).toHaveLength(200);
    await pack();
    expect(await rows('results')).toBe(0);
    const items = (await everything(span)) as { sequence: number; result: CheckResult }[];
    expect(items.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      sent.map(({ sequence }) => sequence),
    );
    // A second delivery, after they were packed, is no second result.
    await deliverAll(agents[0], sent);
    expect(await rows('results')).toBe(0);
  });

  it('leave the hours beside one that cannot be packed', async () => {
    const begin = LONG_AGO - 40 * HOUR_MS;
    await agents[0]?.deliver(deliveriesFrom(563, 3, (n) => observed(begin + (n - 563) * HOUR_MS, n)));
    await api.database.query(`update results set evidence_hash = decode('00', 'hex') where sequence = 564`);
    expect(await pack()).toMatchObject({ results: 2 });
    expect(await rows('results')).toBe(1);
    await api.database.query('delete from results where sequence = 564');
  });
});
