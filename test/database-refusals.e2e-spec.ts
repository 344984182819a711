import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { knownFault } from '../apps/api/src/app/database/known-fault.ts';
import { migrate } from '../apps/api/src/app/database/migrate.ts';
import { createDatabase, type FreshDatabase } from './support/database.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await database.query(`create role newcomer login password 'newcomer-2c7e'`);
});
afterAll(async () => {
  await database.query('drop role newcomer');
  await database.drop();
});

const faultAt = (url: URL): Promise<string | null> =>
  migrate(url.href, 0).then(
    () => 'nothing',
    (error: unknown) => knownFault(error),
  );

function changed(change: (url: URL) => void): URL {
  const url = new URL(database.url);
  change(url);
  return url;
}

describe('a start whose Postgres cannot be used says so in one line, with the remedy', () => {
  it.each([
    [
      'a wrong password',
      (url: URL) => (url.password = 'wrong'),
      'refuses the user or the password of DATABASE_URL',
    ],
    [
      'a user that is not there',
      (url: URL) => (url.username = 'nobody'),
      'refuses the user or the password of DATABASE_URL',
    ],
    ['a database that is not there', (url: URL) => (url.pathname = '/nothing'), 'does not exist: create it'],
    ['a port at which nothing listens', (url: URL) => (url.port = '1'), 'cannot be reached: '],
    ['a host that is not there', (url: URL) => (url.hostname = 'postgres.invalid'), 'cannot be reached: '],
    [
      'a user that may not create tables',
      (url: URL) => Object.assign(url, { username: 'newcomer', password: 'newcomer-2c7e' }),
      'may not create tables',
    ],
  ])('%s', async (_, change, words) => {
    const told = await faultAt(changed(change));
    expect(told).toContain(words);
    expect(told?.split('\n')).toHaveLength(1);
    const secrets = ['wrong', 'newcomer-2c7e', new URL(inject('databaseUrl')).password].filter(Boolean);
    expect(secrets.filter((secret) => told?.includes(secret))).toEqual([]);
  });
});
