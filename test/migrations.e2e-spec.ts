import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationDataSource } from '../apps/api/src/app/database/data-source.ts';
import { migrate } from '../apps/api/src/app/database/migrate.ts';
import { createDatabase, type FreshDatabase } from './support/database.ts';

const SITE = '0f0f0f0f-1111-4222-8333-444444444444';

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
  'People1765065600014',
  'AuditLog1765152000015',
  'ApprovedKeys1765324800017',
  'LeaseRecords1765411200018',
  'ClonesAndKeys1765497600019',
  'AgentLines1765584000020',
  'SiteEnrolmentCodes1766275200028',
  'Upgrades1766361600029',
  'Retention1766448000030',
  'SessionBrowsers1766534400031',
  'Packs1766620800032',
  'Baselines1766707200033',
  'OpenId1766793600034',
  'PackSeconds1766880000023',
  'ClientCertificates1766880000035',
  'NamesInOneCase1766966400040',
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

describe('an upgrade to names in one case and one spelling', () => {
  it('leaves the oldest of equal names as it is, and tells the others apart by their ids', async () => {
    const database = await createDatabase();
    try {
      await migrate(database.url);
      const source = await migrationDataSource(database.url).initialize();
      const migrated = () => source.query(`select name from migrations order by id desc limit 1`);
      while ((await migrated())[0].name !== 'ClientCertificates1766880000035')
        await source.undoLastMigration();
      const ids = [1, 2, 3].map((n) => `0f0f0f0f-1111-4222-8333-44444444444${n}`);
      const long = 'x'.repeat(99);
      for (const [index, name] of ['Osaka', 'osa\u200bka', 'O\u0304saka'].entries()) {
        await source.query(
          `insert into sites (id, name, cloud, mail_grant, inbound_protocol, target_overrides, extra_targets,
             every_seconds, expected_issuers, created_at, updated_at)
           values ($1, $2, 'worldwide', 'delegated', 'imap', '{}', '[]', 60, '{}', now(), now())`,
          [ids[index], name],
        );
        await source.query(
          `insert into servers (site_id, id, name, roles, created_at, retired_at)
           values ($1, $2, $3, '{services}', now(), $4)`,
          [ids[0], ids[index], index === 0 ? `${long}a` : `${long}A`, index === 2 ? new Date() : null],
        );
      }
      await source.runMigrations();
      const names = async (table: string) =>
        (await source.query(`select name from ${table} order by id`)).map(
          ({ name }: { name: string }) => name,
        );
      expect(await names('sites')).toEqual(['Osaka', 'osaka 444444444442', '\u014csaka']);
      expect(await names('servers')).toEqual([`${long}a`, `${long.slice(0, 87)}-444444444442`, `${long}A`]);
      await source.destroy();
    } finally {
      await database.drop();
    }
  });
});

describe('an upgrade to approved keys', () => {
  it('lets whoever was approved go on, for the key that it has, and says so; nobody else', async () => {
    const database = await createDatabase();
    try {
      await migrate(database.url);
      const source = await migrationDataSource(database.url).initialize();
      const migrated = () => source.query(`select name from migrations order by id desc limit 1`);
      while ((await migrated())[0].name !== 'AgentClocks1764979200013') await source.undoLastMigration();
      await source.query(
        `insert into sites (id, name, cloud, mail_grant, inbound_protocol, target_overrides, extra_targets,
           every_seconds, expected_issuers, created_at, updated_at)
         values ($1, 'a site', 'worldwide', 'delegated', 'imap', '{}', '[]', 60, '{}', now(), now())`,
        [SITE],
      );
      for (const [name, approved] of [
        ['svc01', true],
        ['svc02', false],
      ] as const) {
        const [{ id }] = await source.query(
          `insert into servers (site_id, id, name, roles, created_at)
           values ($1, gen_random_uuid(), $2, '{services}', now()) returning id`,
          [SITE, name],
        );
        await source.query(
          `insert into agents (site_id, id, server_id, public_key, version, host_name, platform, node_version,
             enrolled_at, approved_at)
           values ($1, gen_random_uuid(), $2, $3, '1', $4, 'linux', '24', now(), $5)`,
          [SITE, id, Buffer.alloc(32, 1), name, approved ? new Date() : null],
        );
      }
      await source.runMigrations();
      expect(
        await source.query(
          `select host_name, approved_by, approved_key = public_key as same from agents order by host_name`,
        ),
      ).toEqual([
        { host_name: 'svc01', approved_by: 'upgrade', same: true },
        { host_name: 'svc02', approved_by: null, same: null },
      ]);
      await source.destroy();
    } finally {
      await database.drop();
    }
  });
});
