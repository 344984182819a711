import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../apps/api/src/app/database/migrate.ts';
import { migrationDataSource } from '../apps/api/src/app/database/data-source.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { debianPostgres, type DebianPostgres, startDebianPostgres } from './support/debian-postgres.ts';
import { client } from './support/mail-site.ts';
import { createSite, deliveriesFrom, enrolServer, ScriptedAgent } from './support/scripted-agent.ts';
import { statement } from './support/statement.ts';

/** Debian's, whose pg_dump reads its own server: the Postgres that npm brings has no such tools. */
const bin = debianPostgres();

describe.skipIf(bin === null)('a back-up by pg_dump', () => {
  let postgres: DebianPostgres;
  let api: RunningApi | undefined;

  beforeAll(async () => {
    postgres = await startDebianPostgres(bin ?? '');
  });
  afterAll(async () => {
    await api?.close();
    await postgres.stop();
  });

  /** A tool of Postgres, on the server as a whole. */
  const tool = (name: string, ...args: string[]): void => {
    execFileSync(join(postgres.bin, name), args, { stdio: 'pipe' });
  };
  const database = () => ({
    url: postgres.url,
    query: <Row extends object>(sql: string, parameters?: unknown[]) =>
      statement<Row>(postgres.url, sql, parameters),
    drop: () => Promise.resolve(),
  });

  /** What people see of the site, less what is of the moment. */
  const seen = async (running: RunningApi, site: string): Promise<unknown[]> => {
    const paths = ['', '/servers', '/results', '/client-secret', '/audit-log', '/agent-versions'];
    return Promise.all(
      paths.map(async (path) => {
        const { body } = await client(running).get(`${site}${path}`).expect(200);
        return JSON.parse(JSON.stringify(body).replace(/"connected"/g, '"disconnected"')) as unknown;
      }),
    );
  };

  it('brings everything back, and an older one is brought up to date by the start of the API', async () => {
    await migrate(postgres.url);
    api = await startApi({ database: database() });
    const siteId = await createSite(api, { name: '大阪', everySeconds: 60 });
    const site = `/v1/sites/${siteId}`;
    const agent = await enrolServer(api, siteId, 'app01');
    const joined = await ScriptedAgent.join(api.url, agent);
    await joined.deliver(deliveriesFrom(1, 40));
    await client(api)
      .put(`${site}/client-secret`)
      .send({ secret: 'Q2x8Q~kept', expiresOn: '2027-03-31' })
      .expect(204);
    await joined.leave();
    const before = await seen(api, site);
    await api.close();
    api = undefined;

    const folder = mkdtempSync(join(tmpdir(), 'mailpath-backup-'));
    const file = join(folder, 'mailpath.pgc');
    const maintenance = postgres.url.replace(/mailpath$/, 'postgres');
    tool('pg_dump', '-Fc', '-f', file, postgres.url);
    tool('dropdb', `--maintenance-db=${maintenance}`, 'mailpath');
    tool('createdb', `--maintenance-db=${maintenance}`, 'mailpath');
    tool('pg_restore', '--exit-on-error', '--no-owner', '-d', postgres.url, file);
    rmSync(folder, { recursive: true, force: true });
    // The release before this one had fewer tables.
    const source = await migrationDataSource(postgres.url).initialize();
    await source.undoLastMigration();
    await source.destroy();

    api = await startApi({ database: database() });
    const after = await seen(api, site);
    expect(after).toEqual(before);
    const back = await ScriptedAgent.join(api.url, agent);
    await back.deliver(deliveriesFrom(1, 3));
    await back.leave();
  });
});
