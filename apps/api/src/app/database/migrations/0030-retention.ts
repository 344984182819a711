import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long history is kept, where an administrator has set it: at most one row, null for what is left as started. */
export class Retention1766448000030 implements MigrationInterface {
  readonly name = 'Retention1766448000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table retention (
      id smallint not null,
      results_days smallint,
      hour_roll_ups_days smallint,
      day_roll_ups_days smallint,
      updated_at timestamptz not null,
      constraint retention_pkey primary key (id),
      constraint retention_one_row_check check (id = 1),
      constraint retention_days_check check (
        results_days between 1 and 3650 and hour_roll_ups_days between 1 and 3650 and day_roll_ups_days between 1 and 3650)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table retention`);
  }
}
