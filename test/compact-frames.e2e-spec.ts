import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CheckResult, CLOSE, type CompactResults, CompactWriter, type Delivery } from '@mailpath/protocol';
import { roundOf } from './bench/bench-agent.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { batchOf } from './support/https-batch.ts';
import { client } from './support/mail-site.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  resultOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';

const RECORDED = CheckResult.array().parse(
  JSON.parse(readFileSync(new URL('./support/recorded-results.json', import.meta.url), 'utf8')),
);

let api: RunningApi;
let siteId: string;
let identity: Identity;
beforeAll(async () => {
  api = await startApi();
  siteId = await createSite(api, { name: 'compact frames' });
});
afterAll(() => api.close());
let count = 0;
beforeEach(async () => {
  count += 1;
  identity = await enrolServer(api, siteId, `svc${count}`);
});

/** Everything that is stored of an agent's results but who sent them, and when they came. */
const rowsOf = ({ agentId }: Identity): Promise<object[]> =>
  api.database.query(
    `select to_jsonb(r) - array['site_id', 'agent_id', 'boot', 'server_id', 'received_at'] as row from results r
     where agent_id = $1 order by sequence`,
    [agentId],
  );
const contentsOf = (site: string): Promise<object[]> =>
  api.database.query('select encode(hash, $2) as hash, content from evidence where site_id = $1 order by 1', [
    site,
    'hex',
  ]);
const latestOf = ({ serverId }: Identity): Promise<object[]> =>
  api.database.query(
    `select to_jsonb(l) - array['site_id', 'server_id', 'received_at'] as row from latest l where server_id = $1
     order by check_id, target_name`,
    [serverId],
  );
const OWN = new Set(['serverId', 'serverName', 'agentId', 'boot', 'receivedAt']);
/** The same by REST, without what tells of whom it is. */
async function answersOf(site: string): Promise<object[]> {
  const { body } = await client(api).get(`/v1/sites/${site}/results?limit=100`).expect(200);
  return (body.items as Record<string, unknown>[]).map((item) =>
    Object.fromEntries(Object.entries(item).filter(([key]) => !OWN.has(key))),
  );
}
/** An agent that delivers compactly. */
async function joined(identity: Identity) {
  const agent = await ScriptedAgent.join(api.url, identity);
  const writer = new CompactWriter();
  const written = (deliveries: Delivery[]): CompactResults => {
    const frame = writer.write({ boot: agent.boot, deliveries });
    if (!frame) throw new Error('no compact frame can say this');
    return frame;
  };
  const deliverCompactly = (deliveries: Delivery[]) => {
    agent.send('compact-results', written(deliveries));
    return agent.next('acknowledged');
  };
  return Object.assign(agent, { written, deliverCompactly });
}

const delivered = (results: readonly CheckResult[], first: number): Delivery[] =>
  results.map((result, i) => ({ sequence: first + i, runId: null, result }));

describe('compact frames', () => {
  it('leave the same rows and the same answers as full ones, round after round', async () => {
    const sites = [
      await createSite(api, { name: 'full' }),
      await createSite(api, { name: 'compact' }),
    ] as const;
    const [full, compact] = [await enrolServer(api, sites[0], 'a'), await enrolServer(api, sites[1], 'a')];
    const [one, other] = [await ScriptedAgent.join(api.url, full), await joined(compact)];
    for (let round = 0; round < 6; round += 1) {
      const results = roundOf(RECORDED.slice(round % 3), 20, round).map((result, i, all) => ({
        ...result,
        repeats: i === 7 && round % 2 === 0 ? (all[3]?.id ?? null) : null,
      }));
      const deliveries = delivered(results, round * 20 + 1);
      await one.deliver(deliveries);
      // Some rounds come in full on the same connection.
      expect(
        (await (round === 4 ? other.deliver(deliveries) : other.deliverCompactly(deliveries))).sequence,
      ).toBe((round + 1) * 20);
    }
    expect(await rowsOf(compact)).toEqual(await rowsOf(full));
    expect(await rowsOf(compact)).toHaveLength(120);
    expect(await latestOf(compact)).toEqual(await latestOf(full));
    expect(await contentsOf(sites[1])).toEqual(await contentsOf(sites[0]));
    const answers = await answersOf(sites[1]);
    expect(answers).toHaveLength(100);
    expect(answers).toEqual(await answersOf(sites[0]));
    await one.leave();
    await other.leave();
  });

  it('that come twice change nothing', async () => {
    const agent = await joined(identity);
    await agent.deliverCompactly(deliveriesFrom(1, 3));
    await agent.deliverCompactly(deliveriesFrom(2, 4));
    expect(await rowsOf(identity)).toHaveLength(5);
    await agent.leave();
  });

  it('of unknown layouts are answered so that they come again, and are stored then', async () => {
    const agent = await joined(identity);
    const other = new CompactWriter();
    const batch = (first: number) => ({ boot: agent.boot, deliveries: deliveriesFrom(first, 2) });
    other.write(batch(1));
    agent.send('compact-results', other.write(batch(1)));
    expect(await agent.next('layouts-unknown')).toEqual({ boot: agent.boot });
    expect(await rowsOf(identity)).toEqual([]);
    other.forget();
    agent.send('compact-results', other.write(batch(1)));
    expect(await agent.next('acknowledged')).toEqual({ boot: agent.boot, sequence: 2 });
    // A number that nothing was said of.
    agent.send('compact-results', { ...other.write(batch(3)), results: [[77, `00${'0'.repeat(32)}`, 0, 1]] });
    await agent.next('layouts-unknown');
    expect(await rowsOf(identity)).toHaveLength(2);
    await agent.leave();
  });

  it('come by HTTPS as well', async () => {
    const { body } = await client(api).post('/v1/agents/challenges').expect(200);
    const batch = batchOf(identity, body.nonce as string);
    const compact = new CompactWriter().write({ boot: batch.boot, deliveries: deliveriesFrom(1, 3) });
    const posted = batchOf(identity, body.nonce as string, {
      boot: batch.boot,
      results: JSON.stringify(compact),
      compact: true,
    });
    const { body: answer } = await client(api).post('/v1/agents/batches').send(posted).expect(200);
    expect(answer).toMatchObject({ boot: batch.boot, acknowledged: 3 });
    expect(await rowsOf(identity)).toHaveLength(3);
  });

  const layout = (frame: CompactResults) => frame.layouts[0] as object;
  const changed = (changes: unknown[]) => (frame: CompactResults) => ({
    ...frame,
    results: frame.results.map((each) => [...each.slice(0, 4), ...changes]),
  });
  let deep: object = {};
  for (let i = 0; i < 1_000; i += 1) deep = { deep };
  it.each<[string, (frame: CompactResults) => object, RegExp]>([
    ['a layout that is none', (frame) => ({ ...frame, layouts: [{}] }), /layouts.0: not a layout/],
    [
      'a layout that is deep',
      (frame) => ({ ...frame, layouts: [{ ...layout(frame), evidence: deep }] }),
      /not a layout/,
    ],
    [
      'a check that is none',
      (frame) => ({ ...frame, layouts: [{ ...layout(frame), check: 7 }] }),
      /results.0.result.check/,
    ],
    ['a place that there is not', changed([99, 1]), /results.0: no place 99/],
    ['values that are missing', changed([]), /fewer values/],
    ['a value of another kind', changed([0, 'text']), /results.0.result.phases.0.ms/],
    ['a number that none is', changed([0, null]), /not a compact result/],
    [
      'a duration beyond a day',
      (frame) => ({
        ...frame,
        results: frame.results.map(([a, b, c, , ...rest]) => [a, b, c, 1e12, ...rest]),
      }),
      /durationMs/,
    ],
    [
      'a moment that there is not',
      (frame) => ({ ...frame, results: frame.results.map(([a, b, , ...rest]) => [a, b, 1e300, ...rest]) }),
      /results.0: no moment/,
    ],
    [
      'an id that is none',
      (frame) => ({ ...frame, results: frame.results.map(([a, , ...rest]) => [a, 'zzzz', ...rest]) }),
      /results.0: not an id/,
    ],
  ])('with %s end the connection with a reason, and nothing is stored', async (_, spoil, reason) => {
    const agent = await joined(identity);
    agent.send('compact-results', spoil(agent.written(deliveriesFrom(1, 1))));
    const closed = await agent.closed();
    expect(closed.code).toBe(CLOSE.badFrame);
    expect(closed.reason).toMatch(reason);
    expect(await rowsOf(identity)).toEqual([]);
  });

  it.each(['x'.repeat(1_000), 'abcdefghi;7;'.repeat(80)])(
    'stand for no more than a full frame may have',
    async (text) => {
      const agent = await joined(identity);
      const large = resultOf({ evidence: { imap: { capability: Array.from({ length: 20 }, () => text) } } });
      const all = Array.from({ length: 20 }, () => large);
      const deliveries = (first: number, n: number): Delivery[] => delivered(all.slice(0, n), first);
      await agent.deliverCompactly(deliveries(1, 10));
      const frame = agent.written(deliveries(11, 20));
      expect(JSON.stringify(frame).length).toBeLessThan(60_000);
      agent.send('compact-results', frame);
      expect(await agent.closed()).toMatchObject({
        code: CLOSE.badFrame,
        reason: expect.stringMatching(/too large/),
      });
      expect(await rowsOf(identity)).toHaveLength(10);
    },
  );

  it('are not read before the join', async () => {
    const agent = await ScriptedAgent.connect(api.url);
    agent.send(
      'compact-results',
      new CompactWriter().write({ boot: agent.boot, deliveries: deliveriesFrom(1, 1) }),
    );
    expect(await agent.closed()).toEqual({ code: CLOSE.notKnown, reason: 'join first' });
  });

  it('bring no more layouts to a connection than it keeps', async () => {
    const agent = await joined(identity);
    for (let i = 0; i < 20; i += 1) {
      const text = `${'x'.repeat(900)}${'abcdefghijklmnopqrst'.charAt(i)}`;
      const capability = Array.from({ length: 50 }, () => text);
      const frame = new CompactWriter().write({
        boot: agent.boot,
        deliveries: delivered([resultOf({ evidence: { imap: { capability } } })], i + 1),
      }) as CompactResults;
      agent.send('compact-results', {
        ...frame,
        frame: i,
        results: frame.results.map(([, ...rest]) => [i, ...rest]),
      });
      if (i < 10) await agent.next('acknowledged');
    }
    expect(await agent.closed()).toMatchObject({
      code: CLOSE.badFrame,
      reason: expect.stringMatching(/more than are kept/),
    });
  });
});
