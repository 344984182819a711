import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operations } from './fuzz/schema.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { get, REFUSED, siteOf } from './support/finding-site.ts';
import { addMailbox, client } from './support/mail-site.ts';

/** Tables that grow with time, and not with what an administrator enters. */
const GROWING =
  /^(?:results|packs|result_places|evidence|agent_evidence|hour_roll_ups|day_roll_ups|agent_boots|runs|run_servers|orders|findings|finding_openings|sign_ins|lease_records|audit_log|idempotency_keys|enrolment_codes)(?:_|$)/;
/** What needs no database, and what has no end. */
const APART = new Set(['getLiveness', 'watchSite', 'listChecks', 'listDownloads']);

interface Asked {
  sql: string;
  parameters: unknown[];
  /** Of the connection that it went over. */
  limitMs: unknown;
  pool: unknown;
}
interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: Node[];
}

let api: RunningApi;
const asked = new Map<string, Asked[]>();

beforeAll(async () => {
  api = await startApi();
  const site = await siteOf(api, 'app01', 'app02');
  for (let round = 1; round <= 2; round += 1) {
    await site.report('app01');
    await site.report('app02', REFUSED);
  }
  await addMailbox(api, site.siteId, 'sales@example.com');
  await client(api).post(`/v1/sites/${site.siteId}/runs`).send({}).expect(202);
  await client(api).post(`/v1/users`).send({ name: 'reader', role: 'viewer' }).expect(201);
  await client(api).post(`/v1/sites/${site.siteId}/baselines`).send({ name: 'before' });
  const now = Date.now();
  const first = await get(api, `/v1/sites/${site.siteId}/findings`).expect(200);
  const values: Record<string, string> = {
    siteId: site.siteId,
    serverId: site.serverId('app01'),
    findingId: first.body.items[0].id,
    check: 'imap.tls',
    target: 'imap',
    server: 'app01',
    mailbox: 'sales@example.com',
    from: new Date(now - 86_400_000).toISOString(),
    to: new Date(now + 60_000).toISOString(),
    at: new Date(now - 60_000).toISOString(),
    since: new Date(now - 3_600_000).toISOString(),
    runId: await idOf(`/v1/sites/${site.siteId}/runs`),
    mailboxId: await idOf(`/v1/sites/${site.siteId}/mailboxes`),
    userId: await idOf('/v1/users'),
    keyId: await idOf('/v1/api-keys'),
    resultId: (await get(api, `/v1/sites/${site.siteId}/results`).expect(200)).body.items[0].result.id,
  };
  await walk(values);
  await site.leave();
});
afterAll(() => api.close());

const idOf = async (path: string): Promise<string> => (await get(api, path).expect(200)).body.items[0].id;

/** Asks each read by itself, with each filter alone and with none, and notes what Postgres was asked for it. */
async function walk(values: Readonly<Record<string, string>>): Promise<void> {
  const { logger } = api.app.get(DataSource);
  for (const { method, operationId, path, parameters } of operations()) {
    if (method !== 'GET' || APART.has(operationId)) continue;
    const all: Asked[] = [];
    asked.set(operationId, all);
    const spy = vi.spyOn(logger, 'logQuery').mockImplementation((sql, sent, runner) => {
      const { connectionParameters: set } = (runner as unknown as { databaseConnection: Connected })
        .databaseConnection;
      all.push({
        sql,
        parameters: Array.isArray(sent) ? sent : [],
        limitMs: set.statement_timeout,
        pool: set.application_name,
      });
    });
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? randomUUID());
    const filters = parameters.filter(
      ({ in: where, name }) => where === 'query' && values[name] !== undefined,
    );
    const required = filters.filter((each) => each.required === true);
    const query = (chosen: typeof filters): Record<string, string> =>
      Object.fromEntries([...required, ...chosen].map(({ name }) => [name, values[name] ?? '']));
    for (const chosen of [[], ...filters.map((each) => [each])]) await get(api, filled, query(chosen));
    spy.mockRestore();
  }
}
interface Connected {
  connectionParameters: { statement_timeout?: number; application_name?: string };
}

const ofRequests = (all: readonly Asked[]): Asked[] => all.filter(({ pool }) => pool === 'mailpath-requests');

describe('every read of the document', () => {
  it('is asked', () => {
    expect(asked.size).toBeGreaterThan(35);
  });

  it('asks Postgres on connections of requests alone, each of which ends a statement after eight seconds', () => {
    const unbounded = [...asked].filter(([, all]) => all.some(({ limitMs }) => limitMs !== 8_000));
    expect(unbounded.map(([id]) => id)).toEqual([]);
    // What is open to everybody may be answered without a look into the database.
    const open = new Set(operations().flatMap(({ operationId, isPublic }) => (isPublic ? operationId : [])));
    const silent = [...asked].filter(([id, all]) => !open.has(id) && ofRequests(all).length === 0);
    expect(silent.map(([id]) => id)).toEqual([]);
  });

  it('finds rows of what grows by an index that bounds them, or stops after a page', async () => {
    const statements = new Map<string, Asked>();
    for (const all of asked.values())
      for (const one of ofRequests(all))
        if (/^\s*(?:select|with)\b/i.test(one.sql)) statements.set(one.sql, one);
    expect(statements.size).toBeGreaterThan(30);
    const plans = await explained([...statements.values()]);
    expect(plans.flatMap(([sql, plan]) => withoutBound(plan).map((what) => `${what}: ${sql}`))).toEqual([]);
  });

  it.each([
    ['by no index', 'select id from results where duration_ms = 1'],
    ['by an index whose order alone is used', 'select id from runs order by site_id, id'],
    ['sorted before the page is cut', 'select id from orders order by asked_at limit 10'],
  ])('is told from one that looks for them %s', async (_, sql) => {
    const [[, plan]] = (await explained([{ sql, parameters: [] }])) as [[string, Node]];
    expect(withoutBound(plan)).not.toEqual([]);
  });
});

/** The plan of each statement, as Postgres makes it where reading a table whole is not allowed if an index will do. */
async function explained(all: readonly Pick<Asked, 'sql' | 'parameters'>[]): Promise<[string, Node][]> {
  const connection = new Client({ connectionString: api.database.url });
  await connection.connect();
  await connection.query('set enable_seqscan = off');
  const plans: [string, Node][] = [];
  for (const { sql, parameters } of all) {
    const { rows } = await connection.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
      `explain (format json) ${sql}`,
      parameters,
    );
    for (const row of rows)
      plans.push([sql.replaceAll(/\s+/g, ' ').slice(0, 200), row['QUERY PLAN'][0].Plan]);
  }
  await connection.end();
  return plans;
}

/** Scans of what grows that no condition of an index bounds, and no limit above them. */
function withoutBound(node: Node, isLimited = false): string[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': condition } = node;
  const isScan = GROWING.test(table) && type.endsWith('Scan') && type !== 'Bitmap Heap Scan';
  const isUnbounded = isScan && condition === undefined && !(isLimited && type !== 'Seq Scan');
  // A sort reads all that is below it, whatever is taken of it.
  const below = (isLimited || type === 'Limit') && type !== 'Sort' && !type.includes('Aggregate');
  return [
    ...(isUnbounded ? [`${type} of ${table}`] : []),
    ...(node.Plans ?? []).flatMap((inner) => withoutBound(inner, below)),
  ];
}
