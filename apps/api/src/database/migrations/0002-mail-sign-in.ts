import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What signing in to mailboxes needs: settings of a site, and the mailbox that a result was aimed at. */
export class MailSignIn1764028800002 implements MigrationInterface {
  readonly name = 'MailSignIn1764028800002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `alter table sites
    add column redirect_uri text,
    add column admin_console_url text,
    add column mail_grant text not null default 'delegated',
    add column mailbox_every_seconds integer default 900`,
  // What existing rows were given is no rule for new ones: the API says it each time.
  `alter table sites alter column mail_grant drop default, alter column mailbox_every_seconds drop default`,
  `alter table results add column target_mailbox text`,
  `alter table latest add column target_mailbox text`,
];

const DOWN = [
  `alter table latest drop column target_mailbox`,
  `alter table results drop column target_mailbox`,
  `alter table sites
    drop column redirect_uri,
    drop column admin_console_url,
    drop column mail_grant,
    drop column mailbox_every_seconds`,
];
