import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from '@mailpath/embedded-postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('the packaged Postgres, asked in SQL', () => {
  let home: string;
  let postgres: RunningPostgres;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'mailpath-sql-'));
    chmodSync(home, 0o711);
    postgres = await startPostgres(home, { flags: ['-c', 'fsync=off'] });
  });

  afterEach(async () => {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const ask = async (url: string, sql: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
    } finally {
      await client.end();
    }
  };

  it('speaks UTF-8 and UTC, and listens to this machine alone, whatever the environment says', async () => {
    expect(await ask(postgres.url, 'show server_encoding')).toBe('UTF8');
    expect(await ask(postgres.url, 'show timezone')).toBe('UTC');
    expect(await ask(postgres.url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(postgres.url, 'show unix_socket_directories')).toBe('');
    expect(await ask(postgres.url, `select upper('ä')`)).toBe('Ä');
  });

  it('lets nobody in without the password', async () => {
    const wrong = new URL(postgres.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('keeps its data over a stop', async () => {
    await ask(postgres.url, `create table kept as select '日本語 🚀' as text`);
    await postgres.stop();
    postgres = await startPostgres(home);
    expect(await ask(postgres.url, 'select text from kept')).toBe('日本語 🚀');
  });
});
