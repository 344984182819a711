import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PartitionsService } from '../apps/api/src/database/partitions.service.ts';
import { startApi, type RunningApi } from './support/api.ts';

const ID = '01a20bac-7abe-74ff-a112-9ae128132374';
const NEW_YEAR = '2031-01-01T12:00:00Z';

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
    api.app.get(PartitionsService, { strict: false }).prepare(new Date(moment));
  const add = (sequence: number, observedAt: string) =>
    api.database.query(
      `insert into results (site_id, observed_at, agent_id, boot, sequence, id, server_id, check_id, target_name,
         target_host, target_port, outcome, duration_ms, phases, evidence, evidence_hashes, received_at)
       values ($1, $2, $1, $1, $3, $1, $1, 'imap.tls', 'imap', 'h', 993, 'pass', 1, '[]', '{}', '{}', now())`,
      [ID, observedAt, sequence],
    );
  const places = () =>
    api.database.query<{ place: string; sequence: string }>(
      'select tableoid::regclass::text as place, sequence from results order by sequence',
    );

  it('are there for this week and the next two once the API has started', async () => {
    const made = (await partitions()).filter((name) => name !== 'results_elsewhen');
    expect(made).toHaveLength(3);
    for (const name of made) expect(name).toMatch(/^results_\d{8}$/);
  });

  it('are weeks from Monday to Monday in UTC, over the turn of the year too', async () => {
    await prepare(NEW_YEAR);
    expect(await partitions()).toEqual(
      expect.arrayContaining(['results_20301230', 'results_20310106', 'results_20310113']),
    );
  });

  it('take in the results that had to wait elsewhere, and lose none when instances make them at once', async () => {
    await add(1, '2040-05-02T00:00:00Z');
    await add(2, '2040-05-08T23:59:59Z');
    await add(3, '1999-01-01T00:00:00Z');
    expect((await places()).map(({ place }) => place)).toEqual(Array(3).fill('results_elsewhen'));
    await Promise.all([1, 2, 3, 4].map(() => prepare('2040-05-02T00:00:00Z')));
    expect(await places()).toEqual([
      { place: 'results_20400430', sequence: '1' },
      { place: 'results_20400507', sequence: '2' },
      { place: 'results_elsewhen', sequence: '3' },
    ]);
  });
});
