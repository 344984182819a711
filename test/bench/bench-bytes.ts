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

/** An hour: a round a minute, and the mailboxes every fifteen minutes. */
const ROUNDS = 60;
const MAILBOXES_EVERY = 15;
const POLL_MS = 100;

const Run = z.object({ id: z.uuid(), state: z.enum(['running', 'done']) });
const Checks = z.object({ items: z.array(z.object({ id: z.string() })) });

interface Sizes {
  results: number;
  resultBytes: number;
  evidenceRows: number;
  evidenceBytes: number;
  latestBytes: number;
}

const SIZES = `select
  (select count(*) from results)::int as "results",
  (select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'results'::regclass)::int as "resultBytes",
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
  report(first as Sizes, await sizes(database), rounds);
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

function report(first: Sizes, last: Sizes, rounds: number): void {
  const each = (bytes: number): string => (bytes / last.results).toFixed(0);
  const later = last.evidenceRows - first.evidenceRows;
  console.table([
    {
      'on disk, indexes included': 'results',
      bytes: last.resultBytes,
      'bytes a result': each(last.resultBytes),
    },
    {
      'on disk, indexes included': 'evidence',
      bytes: last.evidenceBytes,
      'bytes a result': each(last.evidenceBytes),
    },
    {
      'on disk, indexes included': 'latest',
      bytes: last.latestBytes,
      'bytes a result': each(last.latestBytes),
    },
    {
      'on disk, indexes included': 'all of it',
      bytes: last.resultBytes + last.evidenceBytes + last.latestBytes,
      'bytes a result': each(last.resultBytes + last.evidenceBytes + last.latestBytes),
    },
  ]);
  say(`${last.results} results; contents of evidence: ${first.evidenceRows} after the first round`);
  say(`contents that each later round added: ${(later / (rounds - 1)).toFixed(2)}`);
}

await launch(run, {
  stopping: 'Stopping.',
  explain: (error) => (error instanceof PartFailed ? error.lastWords : error.message),
});
