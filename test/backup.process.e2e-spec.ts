import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../apps/api/src/app/database/migrate.ts';
import { migrationDataSource } from '../apps/api/src/app/database/data-source.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { client } from './support/mail-site.ts';
import { createSite, deliveriesFrom, enrolServer, ScriptedAgent } from './support/scripted-agent.ts';

/** Debian's Postgres, whose pg_dump reads its own server: the one that npm brings has no such tools. */
const BASE = '/usr/lib/postgresql';
const version = spawnSync('ls', [BASE]).status === 0 ? readdirSync(BASE).toSorted().at(-1) : undefined;
const isHere =
  version !== undefined &&
  process.getuid?.() === 0 &&
  ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore'].every((tool) =>
    readdirSync(join(BASE, version, 'bin')).includes(tool),
  );

describe.skipIf(!isHere)('a back-up by pg_dump', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-backup-'));
  let port = 0;
  let api: RunningApi | undefined;

  const asPostgres = (tool: string, ...args: string[]): Buffer =>
    execFileSync('runuser', ['-u', 'postgres', '--', join(BASE, version ?? '', 'bin', tool), ...args], {
      cwd: folder,
      maxBuffer: 2 ** 28,
    });
  const at = (name: string): string => `postgresql://postgres@127.0.0.1:${port}/${name}`;
  const database = (name: string) => ({
    url: at(name),
    async query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
      const connection = new Client({ connectionString: at(name) });
      await connection.connect();
      try {
        return (await connection.query<Row>(sql, parameters)).rows;
      } finally {
        await connection.end();
      }
    },
    drop: () => Promise.resolve(),
  });

  beforeAll(async () => {
    const free = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    ({ port } = free.address() as AddressInfo);
    await new Promise((resolve) => free.close(resolve));
    chmodSync(folder, 0o777);
    asPostgres('initdb', '-D', `${folder}/data`, '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N');
    const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
    asPostgres('pg_ctl', '-D', `${folder}/data`, '-l', `${folder}/log`, '-w', '-o', options, 'start');
  });
  afterAll(async () => {
    await api?.close();
    asPostgres('pg_ctl', '-D', `${folder}/data`, '-m', 'immediate', 'stop');
    rmSync(folder, { recursive: true, force: true });
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
    asPostgres('createdb', '-h', '127.0.0.1', '-p', String(port), 'mailpath');
    await migrate(at('mailpath'));
    api = await startApi({ database: database('mailpath') });
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

    const server = ['-h', '127.0.0.1', '-p', String(port)];
    asPostgres('pg_dump', ...server, '-Fc', '-f', `${folder}/mailpath.pgc`, 'mailpath');
    asPostgres('dropdb', ...server, 'mailpath');
    asPostgres('createdb', ...server, 'mailpath');
    asPostgres(
      'pg_restore',
      ...server,
      '--exit-on-error',
      '--no-owner',
      '-d',
      'mailpath',
      `${folder}/mailpath.pgc`,
    );
    // The release before this one had fewer tables.
    const source = await migrationDataSource(at('mailpath')).initialize();
    await source.undoLastMigration();
    await source.destroy();

    api = await startApi({ database: database('mailpath') });
    const after = await seen(api, site);
    expect(after).toEqual(before);
    const back = await ScriptedAgent.join(api.url, agent);
    await back.deliver(deliveriesFrom(1, 3));
    await back.leave();
  });
});
