import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site came to at a moment, frozen under a name: it stays when the results of that time are deleted. */
export class Baselines1766707200033 implements MigrationInterface {
  readonly name = 'Baselines1766707200033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table baselines (
      site_id uuid not null constraint baselines_site_fkey references sites (id),
      id uuid not null,
      name text not null,
      at timestamptz not null,
      created_at timestamptz not null,
      created_by text not null,
      results integer not null,
      body bytea not null,
      constraint baselines_pkey primary key (site_id, id),
      constraint baselines_name_key unique (site_id, name)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table baselines`);
  }
}
