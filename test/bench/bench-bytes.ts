import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { borrowPostgres } from '@mailpath/embedded-postgres';
import { Client } from 'pg';
import { z } from 'zod';
import { ApiClient } from '../../apps/local/src/api-client.ts';
import { launch, say } from '../../apps/local/src/launch.ts';
import { startStandIn } from '../../apps/local/src/demo/demo-stand-in.ts';
import { BROKEN, REDEEMER, SERVERS } from '../../apps/local/src/demo/servers.ts';
import { createSite, installAgent, signIn } from '../../apps/local/src/demo/site.ts';
import { localKey } from '../../apps/local/src/local-key.ts';
import { PartFailed } from '../../apps/local/src/child.ts';
import type { Parts } from '../../apps/local/src/parts.ts';
import { migrationDataSource } from '../../apps/api/dist/app/database/data-source.js';
import { Packing } from '../../apps/api/dist/history/packing/packing.service.js';
import { UnpackedResults } from '../../apps/api/dist/history/results/unpacked-results.service.js';

/** An hour: a round a minute, and the mailboxes every fifteen minutes. */
const ROUNDS = 60;
const MAILBOXES_EVERY = 15;
const POLL_MS = 100;

const Run = z.object({ id: z.uuid(), state: z.enum(['running', 'done']) });
const Checks = z.object({ items: z.array(z.object({ id: z.string() })) });

interface Sizes {
  results: number;
  packed: number;
  resultBytes: number;
  packBytes: number;
  bodyBytes: number;
  rollUpBytes: number;
  placeBytes: number;
  evidenceRows: number;
  evidenceBytes: number;
  latestBytes: number;
}

const SIZES = `select
  (select count(*) from results)::int as "results",
  (select coalesce(sum(results), 0) from packs)::int as "packed",
  (select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'results'::regclass)::int as "resultBytes",
  (select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'packs'::regclass)::int as "packBytes",
  pg_total_relation_size('hour_roll_ups')::int + pg_total_relation_size('day_roll_ups')::int as "rollUpBytes",
  (select coalesce(sum(length(body)), 0) from packs)::int as "bodyBytes",
  pg_total_relation_size('result_places')::int as "placeBytes",
  (select count(*) from evidence)::int as "evidenceRows",
  pg_total_relation_size('evidence')::int as "evidenceBytes",
  pg_total_relation_size('latest')::int as "latestBytes"`;

/** The demonstration's rounds of an hour, one right after the other, and what Postgres then holds of them on disk. */
async function run(parts: Parts): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: String(ROUNDS) } } });
  const rounds = Number(values.rounds);
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-bytes-'));
  parts.afterwards(async () => rmSync(folder, { recursive: true, force: true }));
  const { key } = localKey(join(folder, 'api-key'));
  const url = await parts.startApi(join(folder, 'api.log'), settings(folder, key));
  const api = new ApiClient(url, key);
  const postgres = await borrowPostgres(folder);
  const database = new Client({ connectionString: postgres.url });
  await database.connect();
  const siteId = await setUp(parts, folder, api);
  say(`${SERVERS.length} servers, ${BROKEN.length} of them broken; ${rounds} rounds`);

  const { items } = await api.get('/v1/checks', Checks);
  // Without the check that sends mail: a mailbox is sent two messages a minute at most, and here an hour takes a few
  // minutes.
  const checks = items.map(({ id }) => id).filter((id) => id !== 'mail.round-trip');
  let first: Sizes | undefined;
  for (let round = 0; round < rounds; round += 1) {
    await oneRun(api, siteId, { checks, mailboxes: round % MAILBOXES_EVERY === 0 });
    first ??= await sizes(database);
  }
  await database.query('vacuum analyze');
  const unpacked = await sizes(database);
  await packAll(postgres.url);
  // As upkeep leaves a week behind of which all is packed.
  await database.query('truncate results');
  await database.query('vacuum full');
  report(first as Sizes, unpacked, await sizes(database), rounds);
  await database.end();
  await postgres.stop();
}

const settings = (folder: string, key: string): Record<string, string> => ({
  MAILPATH_HOME: folder,
  MAILPATH_HOST: '127.0.0.1',
  MAILPATH_PORT: '0',
  MAILPATH_INITIAL_API_KEY: key,
  DATABASE_URL: '',
  MAILPATH_PUBLIC_URL: '',
  MAILPATH_SECRET_KEY: '',
  MAILPATH_ALLOW_NETWORKS: '127.0.0.0/8, ::1/128',
});

async function setUp(parts: Parts, folder: string, api: ApiClient): Promise<string> {
  const standIn = await startStandIn(
    parts,
    folder,
    SERVERS.map(({ address }) => address),
  );
  const siteId = await createSite(api, standIn);
  const ids = await Promise.all(
    SERVERS.map((server) => installAgent(parts, api, { siteId, folder, standIn }, server)),
  );
  const index = SERVERS.findIndex(({ name }) => name === REDEEMER);
  await signIn(
    api,
    { siteId, standIn },
    { serverId: ids[index] ?? '', address: SERVERS[index]?.address ?? '' },
  );
  for (const { address, trouble } of BROKEN)
    await standIn.control.put(`/faults/${address}`, { faults: [trouble.fault] });
  return siteId;
}

async function oneRun(api: ApiClient, siteId: string, asked: object): Promise<void> {
  let { id, state } = await api.post(`/v1/sites/${siteId}/runs`, asked, Run);
  // The API ends a run at its deadline, whoever has not answered by then.
  while (state === 'running') {
    await delay(POLL_MS);
    ({ id, state } = await api.get(`/v1/sites/${siteId}/runs/${id}`, Run));
  }
}

async function sizes(database: Client): Promise<Sizes> {
  const { rows } = await database.query<Sizes>(SIZES);
  return rows[0] as Sizes;
}

/** As if a day had passed since. */
async function packAll(url: string): Promise<void> {
  const source = await migrationDataSource(url).initialize();
  const packing = new Packing(source, new UnpackedResults(source));
  await packing.pack(new Date(Date.now() + 2 * 86_400_000), () => true);
  await source.destroy();
}

function report(first: Sizes, unpacked: Sizes, packed: Sizes, rounds: number): void {
  const line = (name: string, bytes: number) => ({
    'on disk, indexes included': name,
    bytes,
    'bytes a result': (bytes / unpacked.results).toFixed(1),
  });
  const kept = packed.packBytes + packed.evidenceBytes + packed.rollUpBytes + packed.placeBytes;
  console.table([
    line('rows, as they are stored first', unpacked.resultBytes),
    line('packs, with what tells what is in them', packed.packBytes),
    line('of them the packs themselves', packed.bodyBytes),
    line('roll-ups', packed.rollUpBytes),
    line('evidence, each content once', packed.evidenceBytes),
    line('latest', packed.latestBytes),
    line('all that is kept, but latest', kept),
  ]);
  say(`${unpacked.results} results, ${packed.packed} of them packed`);
  say(`contents of evidence: ${first.evidenceRows} after the first round`);
  const later = unpacked.evidenceRows - first.evidenceRows;
  say(`contents that each later round added: ${(later / (rounds - 1)).toFixed(2)}`);
}

await launch(run, {
  stopping: 'Stopping.',
  explain: (error) => (error instanceof PartFailed ? error.lastWords : error.message),
});
