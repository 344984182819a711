import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why an agent reports by HTTPS, and since when; null while it does not. */
export class AgentLines1765584000020 implements MigrationInterface {
  readonly name = 'AgentLines1765584000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table agents add column line jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table agents drop column line`);
  }
}
