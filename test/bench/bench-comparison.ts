import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { borrowPostgres } from '@mailpath/embedded-postgres';
import type { Task } from '@mailpath/protocol';
import type { DataSource } from 'typeorm';
import { compare } from '../../apps/api/dist/conclusions/comparisons/compare.js';
import { migrationDataSource } from '../../apps/api/dist/app/database/data-source.js';
import { migrate } from '../../apps/api/dist/app/database/migrate.js';
import { PackedResults } from '../../apps/api/dist/history/packs/packed-results.service.js';
import { splitEvidence } from '../../apps/api/dist/history/results/evidence-split.js';
import { storeContents } from '../../apps/api/dist/history/results/evidence-store.js';
import { NewestGlances } from '../../apps/api/dist/history/results/newest-glances.service.js';
import { ResultsService } from '../../apps/api/dist/history/results/results.service.js';
import { digest } from '../../apps/api/dist/platform/http/entity-tag.js';
import { BROTLI, GZIP } from '../../apps/api/dist/platform/http/plugins.js';
import { observe } from './synthetic-history.ts';
import { inWords, timed } from './timed.ts';

const REPEATS = 11;
const MINUTE_MS = 60_000;
/** One cell in so many has failed. */
const FAILS = 200;

/** The newest results of a site, read, compared and written as an answer: in the services, without HTTP. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      servers: { type: 'string', default: '10,100,1000' },
      checks: { type: 'string', default: '40' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-comparison-'));
  const postgres = await borrowPostgres(folder);
  await migrate(postgres.url);
  const database = await migrationDataSource(postgres.url).initialize();
  try {
    const lines = [];
    for (const servers of values.servers.split(','))
      lines.push(await measure(database, Number(servers), tasksOf(Number(values.checks))));
    console.table(lines);
  } finally {
    await database.destroy();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const tasksOf = (checks: number): Task[] =>
  Array.from({ length: checks }, (_, n) => ({
    check: 'tls.imap',
    target: { name: `place-${n}`, host: `place-${n}.example`, port: 993 },
  }));

async function measure(database: DataSource, count: number, tasks: readonly Task[]) {
  const siteId = randomUUID();
  const servers = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    name: `server-${n}`,
    roles: ['services' as const],
    agent: { state: 'connected' as const, lastSeenAt: new Date().toISOString() },
    tasks,
  }));
  for (const { id } of servers) await storeLatest(database, siteId, id, tasks);
  await database.query('vacuum analyze latest');
  const results = new ResultsService(database, new PackedResults());
  const glances = new NewestGlances(database);
  const latest = await glances.of(siteId);
  const input = {
    site: { id: siteId, name: 'bench', inboundProtocol: 'imap' as const },
    servers,
    latest,
    titleOf: (check: string) => check,
    now: new Date(),
    staleAfterMs: 60 * MINUTE_MS,
    mailStaleAfterMs: 60 * MINUTE_MS,
    findingAt: () => null,
  };
  const text = JSON.stringify(compare(input));
  const report = () => reported(database, siteId, servers[0]?.id ?? '');
  const line = async (work: () => unknown, before?: () => Promise<unknown>) =>
    inWords(await timed(REPEATS, work, before));
  return {
    'servers × checks': `${count} × ${tasks.length}`,
    'read whole, ms; processor ms': await line(() => results.latest(siteId)),
    'read first': await line(() => new NewestGlances(database).of(siteId)),
    'read after a round of one': await line(() => glances.of(siteId), report),
    compare: await line(() => compare(input)),
    'compare, write, tag': await line(() => digest(JSON.stringify(compare(input)))),
    'all of it after a round of one': await line(async () => {
      const now = await glances.of(siteId);
      return digest(JSON.stringify(compare({ ...input, latest: now })));
    }, report),
    'brotli 2': await line(() => brotliCompressSync(text, BROTLI)),
    'gzip 1': await line(() => gzipSync(text, GZIP)),
    'KiB; brotli; gzip': [text, brotliCompressSync(text, BROTLI), gzipSync(text, GZIP)]
      .map(({ length }) => Math.round(length / 1_024))
      .join('; '),
  };
}

/** As a round of one server leaves it: each of its rows is another. */
const reported = (database: DataSource, siteId: string, serverId: string) =>
  database.query('update latest set result_id = gen_random_uuid() where site_id = $1 and server_id = $2', [
    siteId,
    serverId,
  ]);

async function storeLatest(
  database: DataSource,
  siteId: string,
  serverId: string,
  tasks: readonly Task[],
): Promise<void> {
  const at = Date.now() - MINUTE_MS;
  const contents = new Map<string, string>();
  const rows = tasks.map(({ check, target }, n) => {
    const observed = observe(n, at);
    const split = splitEvidence(observed as never);
    for (const [hash, json] of split.contents) contents.set(hash, json);
    const fails = Math.random() < 1 / FAILS;
    return {
      site_id: siteId,
      server_id: serverId,
      check_id: check,
      target_name: target.name,
      target_host: target.host,
      target_port: target.port,
      result_id: randomUUID(),
      observed_at: new Date(at).toISOString(),
      received_at: new Date(at + 500).toISOString(),
      outcome: fails ? 'fail' : 'pass',
      failure_phase: fails ? 'connect' : null,
      failure_code: fails ? 'timeout' : null,
      failure_message: fails ? 'no answer within 10000 ms' : null,
      duration_ms: observed.durationMs,
      evidence_hash: `\\x${split.hash}`,
      evidence_values: split.values,
    };
  });
  await database.transaction(async (manager) => {
    await storeContents(
      manager,
      [...contents]
        .map(([hash, json]) => ({ siteId, hash, json }))
        .sort((a, b) => (a.hash < b.hash ? -1 : 1)),
      new Date(at),
    );
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    await manager.query(
      `insert into latest (${columns}) select ${columns} from jsonb_populate_recordset(null::latest, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  });
}

await main();
