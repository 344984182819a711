import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person saw of Microsoft's connectivity test: the last run of each site. */
export class ExternalTest1764201600004 implements MigrationInterface {
  readonly name = 'ExternalTest1764201600004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table external_tests (
      site_id uuid primary key constraint external_tests_site_fkey references sites (id),
      passed boolean not null,
      tested_at timestamptz not null,
      tested_by text not null,
      note text
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table external_tests`);
  }
}
