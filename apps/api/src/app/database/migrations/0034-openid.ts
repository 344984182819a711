import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-in of people by OpenID Connect: who a user is for the provider, and the sign-ins that browsers have begun. */
export class OpenId1766793600034 implements MigrationInterface {
  readonly name = 'OpenId1766793600034';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table users
      add column openid_issuer text,
      add column openid_subject text,
      add constraint users_openid_check check (
        num_nonnulls(openid_issuer, openid_subject) in (0, 2) and (openid_subject is null or password_hash is null))`);
    await runner.query(`create unique index users_openid_key on users (openid_issuer, openid_subject)
      where ended_at is null`);
    await runner.query(`create table openid_starts (
      state_hash bytea primary key,
      browser_hash bytea not null,
      return_path text not null,
      expires_at timestamptz not null
    )`);
    await runner.query(`create index openid_starts_expires_idx on openid_starts (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table openid_starts`);
    // They cannot sign in any more, and without this they would be users without a password, open to links.
    await runner.query(
      `update users set ended_at = coalesce(ended_at, now()) where openid_subject is not null`,
    );
    await runner.query(
      `delete from sessions where user_id in (select id from users where openid_subject is not null)`,
    );
    await runner.query(`alter table users
      drop constraint users_openid_check, drop column openid_issuer, drop column openid_subject`);
  }
}
