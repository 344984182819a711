import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
// By path: vitest resolves the global set-up without the `source` condition.
import { startPostgres } from '../../libs/embedded-postgres/src/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A Postgres in which the specs may create databases. */
    databaseUrl: string;
  }
}

/** Nothing in here has to survive a power cut. */
const THROW_AWAY = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];

/** One Postgres for all end-to-end specs: DATABASE_URL, or the packaged one in a folder that is removed again. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['DATABASE_URL'];
  if (given) {
    project.provide('databaseUrl', given);
    return undefined;
  }
  const home = mkdtempSync(join(tmpdir(), 'mailpath-test-'));
  chmodSync(home, 0o711); // root's Postgres runs as another user, who must reach it
  const postgres = await startPostgres(home, { flags: THROW_AWAY });
  project.provide('databaseUrl', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  };
}
