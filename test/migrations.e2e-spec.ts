import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationDataSource } from '../apps/api/src/app/database/data-source.ts';
import { migrate } from '../apps/api/src/app/database/migrate.ts';
import { createDatabase, type FreshDatabase } from './support/database.ts';

/** In the order in which they are applied; one that has landed is never edited. */
const ALL = [
  'FirstTables1763942400001',
  'MailSignIn1764028800002',
  'Findings1764115200003',
  'ExternalTest1764201600004',
  'SecretKeyFingerprint1764288000005',
  'Approvals1764374400006',
  'Storage1764460800007',
  'Orders1764547200008',
  'IdempotencyKeys1764633600009',
  'AgentClocks1764979200013',
];

describe('the migrations', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await createDatabase();
  });

  afterAll(() => database.drop());

  it('succeed in two instances that start at once, and are done by one of them', async () => {
    const [one, two] = await Promise.all([migrate(database.url), migrate(database.url)]);
    expect([...one, ...two]).toEqual(ALL);
  });

  it('make the tables that the entities describe, with nothing missing and nothing more', async () => {
    const source = await migrationDataSource(database.url).initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('go down to nothing and up again', async () => {
    const source = await migrationDataSource(database.url).initialize();
    try {
      while ((await source.query('select from migrations')).length > 0) await source.undoLastMigration();
      const left = await database.query(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         union all select proname from pg_proc where pronamespace = 'public'::regnamespace`,
      );
      expect(left).toEqual([{ name: 'migrations' }]);
    } finally {
      await source.destroy();
    }
    expect(await migrate(database.url)).toEqual(ALL);
  });
});
