import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was lent to which agent, for which order, until when: never the secret itself. */
export class LeaseRecords1765411200018 implements MigrationInterface {
  readonly name = 'LeaseRecords1765411200018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table lease_records (
      site_id uuid not null constraint lease_records_site_fkey references sites (id),
      id uuid not null,
      order_id uuid not null,
      server_id uuid not null,
      agent_id uuid not null,
      user_name text not null,
      lent text[] not null,
      lent_at timestamptz not null,
      expires_at timestamptz not null,
      constraint lease_records_pkey primary key (site_id, id)
    )`);
    await runner.query(
      `create index lease_records_by_agent on lease_records (site_id, agent_id, user_name, lent_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table lease_records`);
  }
}
