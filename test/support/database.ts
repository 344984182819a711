import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

/** A database of its own for one spec file. */
export interface FreshDatabase {
  readonly url: string;
  /** Runs one statement on a connection of its own. */
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Removes it, and cuts whoever is still connected. */
  drop(): Promise<void>;
}

export async function createDatabase(): Promise<FreshDatabase> {
  const server = inject('databaseUrl');
  const name = `mailpath_test_${randomBytes(6).toString('hex')}`;
  await once(server, `create database ${name}`);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    query: (sql, parameters) => once(own.href, sql, parameters),
    drop: async () => {
      await once(server, `drop database ${name} with (force)`);
    },
  };
}

async function once<Row extends object>(
  url: string,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}
