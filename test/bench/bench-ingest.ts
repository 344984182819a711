import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { borrowPostgres } from '@mailpath/embedded-postgres';
import { CheckResult } from '@mailpath/protocol';
import { Client } from 'pg';
import { z } from 'zod';
import { ApiClient } from '../../apps/local/src/api-client.ts';
import { launch, say } from '../../apps/local/src/launch.ts';
import { localKey } from '../../apps/local/src/local-key.ts';
import { PartFailed } from '../../apps/local/src/child.ts';
import type { Parts } from '../../apps/local/src/parts.ts';
import { BenchAgent, roundOf } from './bench-agent.ts';

/** What every site is asked for: a result that nobody asked for costs a look at what is asked. */
const ASKED = new Set(['login', 'login-alias', 'exchange', 'imap', 'pop3', 'smtp']);
const RECORDED = z
  .array(CheckResult)
  .parse(JSON.parse(readFileSync(new URL('../support/recorded-results.json', import.meta.url), 'utf8')))
  .filter(({ target }) => ASKED.has(target.name));
/** With `--unasked`: one more, of which nothing is asked. */
const UNASKED = RECORDED.slice(0, 1).map((result) => ({
  ...result,
  target: { ...result.target, name: 'other' },
}));

/** From socket to committed and acknowledged, beside a COPY of as many results, one narrow row each. */
async function run(parts: Parts): Promise<void> {
  const { values } = parseArgs({
    options: {
      agents: { type: 'string', default: '20' },
      results: { type: 'string', default: '8' },
      frames: { type: 'string', default: '20' },
      compact: { type: 'boolean', default: false },
      unasked: { type: 'boolean', default: false },
    },
  });
  const [agents, results, frames] = [Number(values.agents), Number(values.results), Number(values.frames)];
  const recorded = values.unasked ? [...UNASKED, ...RECORDED] : RECORDED;
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-ingest-'));
  parts.afterwards(async () => rmSync(folder, { recursive: true, force: true }));
  const { key } = localKey(join(folder, 'api-key'));
  const url = await parts.startApi(join(folder, 'api.log'), {
    MAILPATH_HOME: folder,
    MAILPATH_HOST: '127.0.0.1',
    MAILPATH_PORT: '0',
    MAILPATH_INITIAL_API_KEY: key,
    DATABASE_URL: '',
    MAILPATH_PUBLIC_URL: '',
    MAILPATH_SECRET_KEY: '',
  });
  const api = new ApiClient(url, key);
  const { id: siteId } = await api.post('/v1/sites', { name: 'ingest' }, z.object({ id: z.uuid() }));
  const joined: BenchAgent[] = [];
  for (let i = 0; i < agents; i += 1) joined.push(await BenchAgent.enrol(api, url, siteId, `server${i}`));
  // What is new of the evidence of a site is stored in its first round, and never again.
  for (const agent of joined) await agent.deliver(roundOf(recorded, results, 0), values.compact);
  const sentBefore = joined.reduce((sum, { bytes }) => sum + bytes, 0);

  const postgres = await borrowPostgres(folder);
  const database = new Client({ connectionString: postgres.url });
  // Where the run ends early, so does the database.
  database.on('error', (error) => say(error.message));
  await database.connect();
  const before = await commits(database);
  const begin = performance.now();
  const waits = await Promise.all(
    joined.map((agent) => deliverAll(agent, recorded, results, frames, values.compact)),
  );
  const ingested = (agents * frames * results) / ((performance.now() - begin) / 1000);
  const transactions = (await commits(database)) - before;
  // Postgres reads the file itself, and runs as another user where this runs as root.
  const readable = mkdtempSync(join(tmpdir(), 'mailpath-copy-'));
  parts.afterwards(async () => rmSync(readable, { recursive: true, force: true }));
  chmodSync(readable, 0o755);
  const copied = await copy(database, join(readable, 'narrow.copy'), agents * frames * results);
  for (const agent of joined) await agent.leave();
  await database.end();
  await postgres.stop();

  const sorted = waits.flat().sort((a, b) => a - b);
  const percentile = (p: number): string => (sorted[Math.ceil(sorted.length * p) - 1] ?? 0).toFixed(0);
  say(
    `${agents} agents, ${results} results a frame, ${frames} frames each, on ${availableParallelism()} cores`,
  );
  console.table([
    {
      'results a second': Math.round(ingested),
      'of COPY': (ingested / copied).toFixed(4),
      'COPY a second': Math.round(copied),
      'send to acknowledged p50 ms': percentile(0.5),
      'p99 ms': percentile(0.99),
      'bytes a result': Math.round(
        (joined.reduce((sum, { bytes }) => sum + bytes, 0) - sentBefore) / (agents * frames * results),
      ),
      'transactions a frame': (transactions / (agents * frames)).toFixed(2),
    },
  ]);
}

async function deliverAll(
  agent: BenchAgent,
  recorded: readonly CheckResult[],
  results: number,
  frames: number,
  isCompact: boolean,
): Promise<number[]> {
  const waits: number[] = [];
  for (let frame = 1; frame <= frames; frame += 1)
    waits.push(await agent.deliver(roundOf(recorded, results, frame), isCompact));
  return waits;
}

/** All that were committed in the database, those of the conclusions and of readers included. */
async function commits(database: Client): Promise<number> {
  await database.query('select pg_stat_clear_snapshot()');
  const { rows } = await database.query<{ n: number }>(
    'select xact_commit::int as n from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.n ?? 0;
}

/** Rows a second of one narrow row a result with the index that a series needs, from a file beside the database. */
async function copy(database: Client, file: string, rows: number): Promise<number> {
  // Enough that the rate is that of rows, and not of one commit.
  const count = Math.max(rows, 100_000);
  const lines = Array.from(
    { length: count },
    (_, i) => `1\t${i % 10}\t${i % 40}\t2026-01-01 00:00:${i % 60}+00\t${i}\t0\t${i % 500}\t{1,2,3,4,5}\n`,
  );
  writeFileSync(file, lines.join(''), { mode: 0o644 });
  await database.query(`create table narrow (site_no int, server_no int, series_no int, at timestamptz, sequence bigint,
    verdict smallint, duration smallint, phases smallint[])`);
  await database.query('create index on narrow (site_no, server_no, series_no, at)');
  const begin = performance.now();
  await database.query(`copy narrow from '${file}'`);
  return count / ((performance.now() - begin) / 1000);
}

await launch(run, {
  stopping: 'Stopping.',
  explain: (error) => (error instanceof PartFailed ? error.lastWords : error.message),
});
