import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../apps/api/src/app/database/migrate.ts';
import { statement } from './statement.ts';

/** A database of its own for one spec file. */
export interface FreshDatabase {
  readonly url: string;
  /** Runs one statement on a connection of its own. */
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Removes it, and cuts whoever is still connected. */
  drop(): Promise<void>;
}

/** An empty one. */
export const createDatabase = (): Promise<FreshDatabase> => create('');

/**
 * One with the tables of today: a copy of a database that the first spec of a run makes, which takes a tenth of the
 * migrations' time.
 */
export async function createMigratedDatabase(): Promise<FreshDatabase> {
  return create(` template ${await template()}`);
}

/** Any number, as long as it is the same in all workers. */
const TEMPLATE_LOCK = 20_261_127;

/** The name of the migrated database that is copied; one worker makes it, the others wait for it. */
async function template(): Promise<string> {
  const databaseUrl = inject('databaseUrl');
  const templateName = inject('templateName');
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const there = await client.query('select 1 from pg_database where datname = $1', [templateName]);
    if (there.rowCount === 0) {
      // Under another name until it is complete: a worker may be ended in the middle.
      const unfinished = `${templateName}_new`;
      await client.query(`drop database if exists ${unfinished} with (force)`);
      await client.query(`create database ${unfinished}`);
      const url = new URL(databaseUrl);
      url.pathname = `/${unfinished}`;
      await migrate(url.href);
      await client.query(`alter database ${unfinished} rename to ${templateName}`);
    }
  } finally {
    await client.end(); // gives the lock back as well
  }
  return templateName;
}

async function create(options: string): Promise<FreshDatabase> {
  const server = inject('databaseUrl');
  const name = `mailpath_test_${randomBytes(6).toString('hex')}`;
  await statement(server, `create database ${name}${options}`);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    query: (sql, parameters) => statement(own.href, sql, parameters),
    drop: async () => {
      await statement(server, `drop database ${name} with (force)`);
    },
  };
}
