import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
// By path: vitest resolves the global set-up without the `source` condition.
import { startPostgres } from '../../libs/embedded-postgres/src/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A Postgres in which the specs may create databases. */
    databaseUrl: string;
    /** The database with all tables that the specs of this run copy; the first that needs it makes it. */
    templateName: string;
  }
}

/** Nothing in here has to survive a power cut. */
const THROW_AWAY = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];

/** One Postgres for the specs of a lane: DATABASE_URL, or the packaged one in a folder that is removed again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const templateName = `mailpath_template_${randomBytes(6).toString('hex')}`;
  project.provide('templateName', templateName);
  const given = process.env['DATABASE_URL'];
  if (given) {
    project.provide('databaseUrl', given);
    return () => dropTemplate(given, templateName);
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

/** A Postgres of somebody else's is left as it was found. */
async function dropTemplate(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
  } finally {
    await client.end();
  }
}
