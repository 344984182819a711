import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was done and by whom: written once, and changed by nobody who speaks SQL as the application does. */
export class AuditLog1765152000015 implements MigrationInterface {
  readonly name = 'AuditLog1765152000015';

  async up(runner: QueryRunner): Promise<void> {
    // No foreign key, and no column called site_id: an entry outlives the site, the user and the key that it names.
    await runner.query(`create table audit_log (
      id uuid primary key,
      at timestamptz not null,
      actor_kind text not null constraint audit_log_actor_check check (actor_kind in ('user', 'api-key', 'agent', 'anyone')),
      actor_id uuid,
      actor_name text,
      address text,
      action text not null,
      outcome text not null constraint audit_log_outcome_check check (outcome in ('done', 'refused')),
      status smallint,
      about_site uuid,
      subject jsonb not null
    )`);
    await runner.query(`create index audit_log_site_idx on audit_log (about_site, id)`);
    await runner.query(`create function mailpath_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'entries of % are never changed', tg_table_name; end $$`);
    await runner.query(`create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function mailpath_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table audit_log`);
    await runner.query(`drop function mailpath_append_only()`);
  }
}
