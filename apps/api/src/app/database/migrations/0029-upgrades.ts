import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Upgrades of agents: which build, to which servers, and what has become of it on each. */
export class Upgrades1766361600029 implements MigrationInterface {
  readonly name = 'Upgrades1766361600029';

  async up(runner: QueryRunner): Promise<void> {
    // Null for an agent that does not say, which is older than upgrades are.
    await runner.query(`alter table agents add column may_upgrade boolean`);
    await runner.query(`create table upgrades (
      site_id uuid not null,
      id uuid not null,
      version text not null,
      sha256 text not null,
      path text not null,
      manifest jsonb not null,
      hours jsonb,
      state text not null,
      reason text,
      created_at timestamptz not null,
      ended_at timestamptz,
      constraint upgrades_pkey primary key (site_id, id),
      constraint upgrades_site_fkey foreign key (site_id) references sites (id),
      constraint upgrades_state_check check (
        state in ('running', 'done', 'stopped', 'halted') and (ended_at is null) = (state = 'running'))
    )`);
    await runner.query(
      `create unique index upgrades_one_running_key on upgrades (site_id) where state = 'running'`,
    );
    await runner.query(`create table upgrade_servers (
      site_id uuid not null,
      upgrade_id uuid not null,
      server_id uuid not null,
      place integer not null,
      state text not null,
      reason text,
      changed_at timestamptz not null,
      constraint upgrade_servers_pkey primary key (site_id, upgrade_id, server_id),
      constraint upgrade_servers_upgrade_fkey foreign key (site_id, upgrade_id) references upgrades (site_id, id),
      constraint upgrade_servers_server_fkey foreign key (site_id, server_id) references servers (site_id, id)
    )`);
    await runner.query(`create index upgrade_servers_server_idx on upgrade_servers (site_id, server_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table upgrade_servers`);
    await runner.query(`drop table upgrades`);
    await runner.query(`alter table agents drop column may_upgrade`);
  }
}
