import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { closedPort } from '@mailpath/checks/testing';
import { statement } from './statement.ts';

const INSTALLED = '/usr/lib/postgresql';

/** The folder of Debian's newest Postgres, with `pg_dump`, which the embedded one lacks; null where it is absent. */
export function debianPostgres(): string | null {
  if (!existsSync(INSTALLED)) return null;
  const bins = readdirSync(INSTALLED)
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(INSTALLED, version, 'bin'));
  return (
    bins.find((bin) => existsSync(path.join(bin, 'initdb')) && existsSync(path.join(bin, 'pg_dump'))) ?? null
  );
}

export interface DebianPostgres {
  /** Of a fresh database `mailpath`. */
  readonly url: string;
  readonly bin: string;
  stop(): Promise<void>;
}

/** A server of its own in a temporary folder; root's runs as Debian's user `postgres`. */
export async function startDebianPostgres(bin: string): Promise<DebianPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'debian-postgres-'));
  const account = process.getuid?.() === 0 ? ids('postgres') : null;
  if (account) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  const data = path.join(folder, 'data');
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'mailpath', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    {
      cwd: folder,
      stdio: 'pipe',
      ...account,
    },
  );
  const port = await closedPort();
  const words = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'];
  const server = spawn(path.join(bin, 'postgres'), words, { cwd: folder, stdio: 'ignore', ...account });
  const base = `postgresql://mailpath@127.0.0.1:${port}`;
  await vi.waitFor(() => statement(`${base}/postgres`, 'create database mailpath'), {
    timeout: 120_000,
    interval: 100,
  });
  return {
    url: `${base}/mailpath`,
    bin,
    async stop() {
      // Fast shutdown: whoever is still connected is cut.
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ids = (user: string): { uid: number; gid: number } => ({
  uid: Number(execFileSync('id', ['-u', user], { encoding: 'utf8' })),
  gid: Number(execFileSync('id', ['-g', user], { encoding: 'utf8' })),
});
