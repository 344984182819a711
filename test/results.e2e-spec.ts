import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { type RunningApi, startApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

let api: RunningApi;
let siteId: string;
let identity: Identity;

beforeAll(async () => {
  api = await startApi();
  siteId = await createSite(api, { name: 'results' });
  identity = await enrolServer(api, siteId, 'svc01', ['services']);
});
afterAll(() => api.close());

const list = async (query: Record<string, string> = {}) => {
  const { body } = await request(api.server)
    .get(`/v1/sites/${siteId}/results`)
    .query(query)
    .set('authorization', `Bearer ${api.apiKey}`)
    .expect(200);
  return body as {
    items: { sequence: number; boot: string; result: CheckResult }[];
    nextCursor: string | null;
  };
};
const stored = async (boot: string) => {
  const rows = await api.database.query<{ sequence: string }>(
    'select sequence::text from results where boot = $1 order by sequence',
    [boot],
  );
  return rows.map(({ sequence }) => Number(sequence));
};

describe('the delivery of results', () => {
  it('stores a batch once, however often it is sent', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const batch = deliveriesFrom(1, 5);
    expect((await agent.deliver(batch)).sequence).toBe(5);
    expect((await agent.deliver(batch)).sequence).toBe(5);
    await agent.leave();
    const again = await ScriptedAgent.join(api.url, identity, agent.boot);
    expect((await again.deliver([...batch, ...deliveriesFrom(6, 2)])).sequence).toBe(7);
    expect(await stored(agent.boot)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await again.leave();
  });

  it('keeps the first content of a sequence when another comes under the same number', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    await agent.deliver(deliveriesFrom(1, 1, () => ({ durationMs: 1 })));
    await agent.deliver(deliveriesFrom(1, 1, () => ({ durationMs: 2 })));
    const rows = await api.database.query('select duration_ms from results where boot = $1', [agent.boot]);
    expect(rows).toEqual([{ duration_ms: 1 }]);
    await agent.leave();
  });

  it('counts what an agent had to give up, and takes what follows', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    await agent.deliver(deliveriesFrom(1, 2));
    expect((await agent.deliver(deliveriesFrom(10, 1))).sequence).toBe(10);
    const [row] = await api.database.query('select acknowledged, dropped from agent_boots where boot = $1', [
      agent.boot,
    ]);
    expect(row).toEqual({ acknowledged: '10', dropped: '7' });
    await agent.leave();
  });

  it('counts the end of an earlier start that was given up, once, and takes nothing of it any more', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const [known, unknown] = [randomUUID(), randomUUID()];
    await agent.deliver(deliveriesFrom(1, 2), known);
    const givenUp = [
      { boot: known, after: 2, through: 6 },
      { boot: unknown, after: 3, through: 5 },
    ];
    await agent.deliver(deliveriesFrom(1, 1), agent.boot, givenUp);
    await agent.deliver(deliveriesFrom(1, 2), agent.boot, givenUp);
    const rows = await api.database.query(
      'select boot, acknowledged, dropped from agent_boots where boot = any($1) order by acknowledged desc',
      [[known, unknown]],
    );
    expect(rows).toEqual([
      { boot: known, acknowledged: '6', dropped: '4' },
      { boot: unknown, acknowledged: '5', dropped: '2' },
    ]);
    expect((await agent.deliver(deliveriesFrom(3, 2), known)).sequence).toBe(6);
    expect(await stored(known)).toEqual([1, 2]);
    await agent.leave();
  });

  it('takes the results of an earlier start of the same agent after those of the present one', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const earlier = randomUUID();
    await agent.deliver(deliveriesFrom(1, 1));
    expect(await agent.deliver(deliveriesFrom(1, 3), earlier)).toEqual({ boot: earlier, sequence: 3 });
    await agent.leave();
  });

  it('stores a certificate chain once, whoever presents it how often, and gives it back whole', async () => {
    const chain = Array.from({ length: 3 }, (_, i) => ({
      subject: `CN=certificate ${i}, O=Mailpath`,
      issuer: `CN=certificate ${i + 1}, O=Mailpath`,
      subjectAltNames: ['*.office365.com'],
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2027-01-01T00:00:00.000Z',
      fingerprint256: `AA:BB:0${i}`,
      serialNumber: `0${i}`,
    }));
    const tls = {
      version: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      serverName: 'outlook.office365.com',
      trusted: true,
      distrust: null,
      chain,
    };
    const agent = await ScriptedAgent.join(api.url, identity);
    await agent.deliver(
      deliveriesFrom(1, 20, (n) => ({ evidence: { tls, imap: { greeting: `* OK ready ${n}` } } })),
    );
    const rows = await api.database.query("select 1 from evidence where content->>'version' = 'TLSv1.3'");
    expect(rows).toHaveLength(1);
    const { items } = await list({ limit: '20' });
    const newest = items.find(({ boot, sequence }) => boot === agent.boot && sequence === 20);
    expect(newest?.result.evidence).toEqual({ tls, imap: { greeting: '* OK ready 20' } });
    await agent.leave();
  });
});

describe('the list of results', () => {
  it('pages newest first without losing or repeating one, also among results of the same moment', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const startedAt = '2026-11-24T01:00:00.000Z';
    await agent.deliver(deliveriesFrom(1, 25, () => ({ startedAt, check: 'https.paging' })));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({
        check: 'https.paging',
        limit: '10',
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ result }) => result.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(seen).toEqual(seen.toSorted().toReversed());
    await agent.leave();
  });

  it('is narrowed by check, outcome, server and time', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const failure = { phase: 'connect', code: 'refused', message: 'refused' } as const;
    await agent.deliver(
      deliveriesFrom(1, 4, (n) => ({
        check: 'tcp.filtering',
        startedAt: `2026-11-20T0${n}:00:00.000Z`,
        ...(n % 2 ? { outcome: 'fail', failure } : {}),
      })),
    );
    const count = async (query: Record<string, string>) =>
      (await list({ check: 'tcp.filtering', ...query })).items.length;
    expect(await count({})).toBe(4);
    expect(await count({ outcome: 'fail' })).toBe(2);
    expect(await count({ serverId: identity.serverId })).toBe(4);
    expect(await count({ serverId: randomUUID() })).toBe(0);
    expect(await count({ from: '2026-11-20T02:00:00Z', to: '2026-11-20T04:00:00Z' })).toBe(2);
    await agent.leave();
  });

  it.each([
    ['check', 'IMAP', /check/],
    ['outcome', 'broken', /outcome/],
    ['from', 'yesterday', /from/],
    ['serverId', '7', /serverId/],
    ['cursor', 'AAAA', /cursor/],
    ['limit', '0', /limit/],
    ['colour', 'red', /colour/],
  ])('names %s when it is %s', async (field, value, words) => {
    const { body } = await request(api.server)
      .get(`/v1/sites/${siteId}/results`)
      .query({ [field]: value })
      .set('authorization', `Bearer ${api.apiKey}`)
      .expect(400)
      .expect('content-type', /problem\+json/);
    expect(JSON.stringify(body.errors)).toMatch(words);
  });

  it('gives one result by its id, and only to its own site', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const [delivery] = deliveriesFrom(1, 1);
    await agent.deliver(deliveriesFrom(1, 1, () => delivery?.result ?? {}));
    const otherSite = await createSite(api, { name: 'other site' });
    const get = (site: string) =>
      request(api.server)
        .get(`/v1/sites/${site}/results/${delivery?.result.id}`)
        .set('authorization', `Bearer ${api.apiKey}`);
    const { body } = await get(siteId).expect(200);
    expect(body.result).toEqual(delivery?.result);
    await get(otherSite).expect(404);
    await agent.leave();
  });
});
