import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the clock of an agent's machine is ahead of the API's, as its frames say; null where they do not. */
export class AgentClocks1764979200013 implements MigrationInterface {
  readonly name = 'AgentClocks1764979200013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table agents add column clock_ahead_seconds integer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table agents drop column clock_ahead_seconds`);
  }
}
