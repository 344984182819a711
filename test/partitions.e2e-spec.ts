import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock } from '../apps/api/src/platform/clock.ts';
import { Upkeep } from '../apps/api/src/app/upkeep/upkeep.service.ts';
import { startApi, type RunningApi } from './support/api.ts';
import { createSite, deliveriesFrom, enrolServer, ScriptedAgent } from './support/scripted-agent.ts';

const ID = '01a20bac-7abe-74ff-a112-9ae128132374';
const WEEK_MS = 7 * 86_400_000;

describe('the partitions of results', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(() => api.close());

  const partitions = async () => {
    const rows = await api.database.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'results'::regclass order by 1`,
    );
    return rows.map(({ name }) => name);
  };
  const prepare = (moment: string) =>
    api.database.query<{ name: string }>(`select ensure_weekly_partition('results', $1) as name`, [moment]);

  it('are made for this week and the next two in the background, and there is none for the rest', async () => {
    await api.app.get(Upkeep).tend();
    const made = await partitions();
    expect(made).toHaveLength(3);
    for (const name of made) expect(name).toMatch(/^results_\d{8}$/);
  });

  it('are weeks from Monday to Monday in UTC, over the turn of the year too', async () => {
    const names = await Promise.all(
      ['2030-12-30T00:00:00Z', '2031-01-05T23:59:59Z', '2031-01-06T00:00:00Z'].map(prepare),
    );
    expect(names.map(([row]) => row?.name)).toEqual([
      'results_20301230',
      'results_20301230',
      'results_20310106',
    ]);
  });

  it('are made once by instances that make them at the same moment', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => prepare('2040-05-02T00:00:00Z')));
    expect(made).toEqual(Array(4).fill([{ name: 'results_20400430' }]));
  });

  it('are made, and an instance starts, while a transaction goes on storing results', async () => {
    const siteId = await createSite(api, { name: 'partitions' });
    const agent = await ScriptedAgent.join(api.url, await enrolServer(api, siteId, 'svc01'));
    await agent.deliver(deliveriesFrom(1, 1));
    const writer = new Client({ connectionString: api.database.url });
    await writer.connect();
    await writer.query('begin');
    await writer.query('update results set reason = reason');
    const before = (await partitions()).length;
    const second = await startApi({ database: api.database });
    try {
      second.app.get(Clock).now = () => new Date(Date.now() + 5 * WEEK_MS);
      await second.app.get(Upkeep).tend();
      await second.app.get(Upkeep).tend();
      expect((await partitions()).length).toBeGreaterThan(before);
      await agent.deliver(deliveriesFrom(2, 1));
    } finally {
      await writer.query('rollback');
      await writer.end();
      await second.close();
      await agent.leave();
    }
  });

  it('hold up no start while something else holds the table', async () => {
    const holder = new Client({ connectionString: api.database.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table results in access exclusive mode');
    const second = await startApi({ database: api.database });
    const isReady = fetch(new URL('/health/live', second.url));
    expect((await isReady).status).toBe(200);
    await holder.query('rollback');
    await holder.end();
    await second.close();
  });

  it('take in, by and by, what an earlier version kept elsewhere, by the time it was received', async () => {
    const observedAt = new Date(Date.now() + 3 * WEEK_MS);
    await api.database.query(
      `insert into results_elsewhen (site_id, observed_at, agent_id, boot, sequence, id, server_id, check_id, target_name,
         target_host, target_port, outcome, duration_ms, phases, evidence, evidence_hashes, received_at)
       select $1, $2, $1, $1, n, $1, $1, 'imap.tls', 'imap', 'h', 993, 'pass', 1, '[]', '{}', '{}', now()
       from generate_series(1, 2500) as n`,
      [ID, observedAt],
    );
    await api.app.get(Upkeep).tend();
    await api.app.get(Upkeep).tend();
    expect(await api.database.query('select count(*)::int as left from results_elsewhen')).toEqual([
      { left: 0 },
    ]);
    const [moved] = await api.database.query<object>(
      `select count(*)::int as rows, bool_and(observed_at = received_at) as by_receipt, max(started_at) as started
       from results where site_id = $1`,
      [ID],
    );
    expect(moved).toEqual({ rows: 2500, by_receipt: true, started: observedAt });
  });
});
