import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which browser on which system a session is of; null for sessions from before, and where the browser does not say. */
export class SessionBrowsers1766534400031 implements MigrationInterface {
  readonly name = 'SessionBrowsers1766534400031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessions add column browser text, add column system text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessions drop column browser, drop column system');
  }
}
