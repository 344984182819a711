import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { borrowPostgres } from '@mailpath/embedded-postgres';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../apps/api/dist/app/database/data-source.js';
import { migrate } from '../../apps/api/dist/app/database/migrate.js';
import { dropBefore } from '../../apps/api/dist/app/upkeep/partitions.js';
import { PackedResults } from '../../apps/api/dist/history/packs/packed-results.service.js';
import { HOUR_MS, hourOf } from '../../apps/api/dist/history/packs/packs.store.js';
import { ResultsService } from '../../apps/api/dist/history/results/results.service.js';
import { UnpackedResults } from '../../apps/api/dist/history/results/unpacked-results.service.js';
import { SeriesService } from '../../apps/api/dist/history/series/series.service.js';
import { spanOf } from '../../apps/api/dist/history/series/span.js';
import {
  CHECKS,
  type SyntheticSite,
  storeSyntheticHour,
  syntheticSite,
  TARGET,
} from './synthetic-history.ts';
import { inWords, type Timed, timed } from './timed.ts';

const DAY_MS = 24 * HOUR_MS;
const REPEATS = 15;

/**
 * Asks the same of a short history and of a long one, in one run: what grows with it, and what a result takes on disk.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      servers: { type: 'string', default: '10' },
      short: { type: 'string', default: '2' },
      long: { type: 'string', default: '20' },
      checks: { type: 'string', default: String(CHECKS.length) },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-history-'));
  const postgres = await borrowPostgres(folder);
  await migrate(postgres.url);
  const database = await migrationDataSource(postgres.url).initialize();
  try {
    const site = syntheticSite(Number(values.servers));
    const checks = CHECKS.slice(0, Number(values.checks));
    const end = hourOf(Date.now());
    const store = async (fromDay: number, toDay: number) => {
      let results = 0;
      for (let at = end - toDay * DAY_MS; at < end - fromDay * DAY_MS; at += HOUR_MS) {
        results += await storeSyntheticHour(database, site, new Date(at), checks);
        // As autovacuum does where an hour takes an hour: a page of roll-ups is written anew with each.
        await database.query('vacuum hour_roll_ups, day_roll_ups');
      }
      return results;
    };
    const few = await store(0, Number(values.short));
    await database.query('vacuum analyze');
    const before = await ask(database, site, end);
    const many = few + (await store(Number(values.short), Number(values.long)));
    await database.query('vacuum analyze');
    const after = await ask(database, site, end);
    console.table(
      Object.keys(before).map((what) => ({
        what,
        [`ms; processor ms, ${few} results`]: inWords(before[what] as Timed),
        [`ms; processor ms, ${many} results`]: inWords(after[what] as Timed),
        ratio: ((after[what]?.ms ?? 0) / (before[what]?.ms ?? 1)).toFixed(2),
        'ratio of processor ms': ((after[what]?.processorMs ?? 0) / (before[what]?.processorMs ?? 1)).toFixed(
          2,
        ),
      })),
    );
    await tellSize(database, many);
    const began = performance.now();
    const dropped = await dropBefore(database.createQueryRunner(), new Date(end - 7 * DAY_MS));
    console.log(`${dropped.length} weeks dropped in ${(performance.now() - began).toFixed(0)} ms`);
  } finally {
    await database.destroy();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In the services, without HTTP. */
async function ask(
  database: DataSource,
  { siteId, servers }: SyntheticSite,
  end: number,
): Promise<Record<string, Timed>> {
  const packs = new PackedResults();
  const results = new ResultsService(database, packs);
  const series = new SeriesService(database, packs, new UnpackedResults(database));
  const all = servers.map(({ serverId }) => serverId);
  const [one = ''] = all;
  const [check = ''] = CHECKS;
  const iso = (ms: number): string => new Date(ms).toISOString();
  const line = (who: string[], days: number, buckets: number) =>
    series.read(
      siteId,
      { servers: who, check, target: TARGET },
      spanOf({ from: iso(end - days * DAY_MS), to: iso(end), buckets }, end),
    );
  const [newest] = await results.list(siteId, {}, 1, undefined);
  const questions: Record<string, () => Promise<unknown>> = {
    'a line of a server, 24 h of results': () => line([one], 1, 90),
    'a line of a server, 30 days by hours': () => line([one], 30, 720),
    'lines of all servers, 30 days by hours': () => line(all, 30, 720),
    'a line of a server, a year by days': () => line([one], 365, 365),
    'newest 50 that failed': () => results.list(siteId, { outcome: ['fail'] }, 50, undefined),
    'newest 50 of a server': () => results.list(siteId, { serverId: one }, 50, undefined),
    'newest 50 of all': () => results.list(siteId, {}, 50, undefined),
    'one result by its id': () => results.get(siteId, newest?.result.id ?? ''),
    'all servers as they were a day ago': () => results.latestAt(siteId, new Date(end - DAY_MS), 10 * 60_000),
  };
  const took: Record<string, Timed> = {};
  for (const [what, question] of Object.entries(questions)) {
    await question();
    took[what] = await timed(REPEATS, question);
  }
  return took;
}

async function tellSize(database: DataSource, results: number): Promise<void> {
  const rows: { name: string; bytes: string }[] = await database.query(
    `select t.name, sum(pg_total_relation_size(coalesce(i.inhrelid, t.name::regclass))) as bytes
     from unnest(array['packs', 'hour_roll_ups', 'day_roll_ups', 'evidence', 'result_places']) as t(name)
       left join pg_inherits i on i.inhparent = t.name::regclass group by 1 order by 2 desc`,
  );
  const sum = rows.reduce((all, { bytes }) => all + Number(bytes), 0);
  console.table(
    [...rows, { name: 'all of it', bytes: String(sum) }].map(({ name, bytes }) => ({
      'on disk, indexes included': name,
      bytes,
      'bytes a result': (Number(bytes) / results).toFixed(2),
    })),
  );
}

await main();
