import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { Clock } from '../apps/api/src/platform/clock.ts';
import { startApi, type RunningApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

const WEEK_MS = 7 * 86_400_000;
const SERVERS = { ahead: 3 * WEEK_MS, behind: -20 * WEEK_MS, right: 0 };
type Name = keyof typeof SERVERS;

interface Item {
  serverId: string;
  sequence: number;
  observedAt: string;
  receivedAt: string;
  clock: string;
  result: CheckResult;
}

describe('servers whose clocks are weeks off', () => {
  let api: RunningApi;
  let siteId: string;
  const identities = new Map<Name, Identity>();

  beforeAll(async () => {
    api = await startApi();
    siteId = await createSite(api, { name: 'clocks' });
    for (const name of Object.keys(SERVERS) as Name[])
      identities.set(name, await enrolServer(api, siteId, name, ['services']));
  });
  afterAll(() => api.close());

  const join = (name: Name, at = api) => ScriptedAgent.join(at.url, identities.get(name) as Identity);
  const told = (name: Name) => new Date(Date.now() + SERVERS[name]).toISOString();
  const list = async (query: object, at = api) => {
    const { body } = await request(at.server)
      .get(`/v1/sites/${siteId}/results`)
      .query(query)
      .set('authorization', `Bearer ${at.apiKey}`)
      .expect(200);
    return body.items as Item[];
  };
  const idOf = (name: Name) => identities.get(name)?.serverId;

  it('have their results stored by the time they were received, marked, with what the clock said kept', async () => {
    for (const name of ['ahead', 'behind', 'right'] as const) {
      const agent = await join(name);
      const startedAt = told(name);
      await agent.deliver(deliveriesFrom(1, 3, () => ({ startedAt })));
      const items = await list({ serverId: idOf(name) });
      expect(items.map(({ clock }) => clock)).toEqual(
        Array(3).fill(name === 'right' ? 'server' : 'received'),
      );
      for (const { observedAt, receivedAt, result } of items) {
        expect(result.startedAt).toBe(startedAt);
        expect(observedAt).toBe(name === 'right' ? startedAt : receivedAt);
      }
      await agent.leave();
    }
  });

  it('are listed in the order in which they were observed, not in that of their clocks', async () => {
    const agents = { ahead: await join('ahead'), right: await join('right') };
    await agents.ahead.deliver(
      deliveriesFrom(1, 1, () => ({ check: 'tcp.order', startedAt: told('ahead') })),
    );
    // The next millisecond, so that both cannot have one moment.
    const now = Date.now();
    while (Date.now() === now) await new Promise(setImmediate);
    await agents.right.deliver(
      deliveriesFrom(1, 1, () => ({ check: 'tcp.order', startedAt: told('right') })),
    );
    expect((await list({ check: 'tcp.order' })).map(({ serverId }) => serverId)).toEqual([
      idOf('right'),
      idOf('ahead'),
    ]);
    for (const agent of Object.values(agents)) await agent.leave();
  });

  it('have their moments corrected once other ends have shown how far the clock is off, in later starts too', async () => {
    const observedAt = new Date(Date.now() - 60_000).toISOString();
    const startedAt = new Date(Date.parse(observedAt) + SERVERS.ahead).toISOString();
    const check = 'https.corrected';
    const first = await join('ahead');
    const evidence = { clock: { source: 'http-date' as const, aheadMs: SERVERS.ahead } };
    // One other end may be wrong itself; two agree.
    const ends = ['login.microsoftonline.com', 'outlook.office365.com'];
    await first.deliver(
      deliveriesFrom(1, 2, (n) => ({
        check,
        startedAt,
        evidence,
        target: { name: `end${n}`, host: ends[n - 1] ?? '', port: 443 },
      })),
    );
    await first.leave();
    const later = await join('ahead');
    await later.deliver(deliveriesFrom(1, 1, () => ({ check, startedAt })));
    await later.leave();
    const items = await list({ check });
    expect(items.map((item) => [item.clock, item.observedAt])).toEqual(
      Array(3).fill(['corrected', observedAt]),
    );
  });

  it('grow old in the comparison', async () => {
    const agent = await join('behind');
    const startedAt = new Date(Date.now() + SERVERS.ahead).toISOString();
    await agent.deliver(deliveriesFrom(1, 1, () => ({ startedAt })));
    await agent.leave();
    // The next millisecond, so that a moment of storing is none of the comparison.
    const storedMs = Date.now();
    while (Date.now() === storedMs) await new Promise(setImmediate);
    const { body } = await request(api.server)
      .get(`/v1/sites/${siteId}/comparison`)
      .set('authorization', `Bearer ${api.apiKey}`)
      .expect(200);
    const row = body.rows.find(({ check }: { check: string }) => check === 'imap.tls');
    const cell = row.cells.find(({ serverId }: { serverId: string }) => serverId === idOf('behind'));
    expect(Date.parse(cell.observedAt)).toBeLessThanOrEqual(storedMs);
  });

  it('stop neither storage nor a start when the week comes that they spoke of, nor does an agent that means harm', async () => {
    const agent = await join('ahead');
    // Every week of two centuries, and what no calendar has.
    const moments = Array.from({ length: 400 }, (_, i) =>
      new Date(Date.UTC(1900, 0, 1) + i * 26 * WEEK_MS).toISOString(),
    );
    for (let i = 0; i < 4; i += 1)
      await agent.deliver(
        deliveriesFrom(1 + i * 100, 100, (n) => ({
          startedAt: moments[n - 1] ?? '9999-12-31T23:59:59.999Z',
          evidence: { clock: { source: 'http-date', aheadMs: (n % 7) * 1e15 } },
        })),
      );
    await agent.leave();
    const rows = await api.database.query<{ weeks: number }>(
      `select count(*)::int as weeks from pg_inherits where inhparent = 'results'::regclass`,
    );
    // Nobody makes more weeks than those that are kept and prepared.
    expect(rows[0]?.weeks).toBeLessThanOrEqual(14 + 3);

    const weekLater = () => new Date(Date.now() + SERVERS.ahead);
    const second = await startApi({ database: api.database });
    for (const { app } of [api, second]) app.get(Clock).now = weekLater;
    const then = await ScriptedAgent.join(second.url, identities.get('right') as Identity);
    expect(
      (await then.deliver(deliveriesFrom(1, 5, () => ({ startedAt: weekLater().toISOString() })))).sequence,
    ).toBe(5);
    await then.leave();
    const again = await join('ahead');
    expect((await again.deliver(deliveriesFrom(1, 5, () => ({ startedAt: told('ahead') })))).sequence).toBe(
      5,
    );
    await again.leave();
    await second.close();
  });
});
