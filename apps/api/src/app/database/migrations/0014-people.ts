import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users with roles, sessions of browsers, links that sign in once; and what an API key may do, where and how long. */
export class People1765065600014 implements MigrationInterface {
  readonly name = 'People1765065600014';

  async up(runner: QueryRunner): Promise<void> {
    const role = (table: string) =>
      `text constraint ${table}_role_check check (role in ('viewer', 'operator', 'administrator'))`;
    // A key of before may go on with all that it could do.
    await runner.query(`alter table api_keys
      add column role ${role('api_keys')} not null default 'administrator',
      add column site_id uuid constraint api_keys_site_fkey references sites (id) on delete cascade,
      add column expires_at timestamptz,
      add column last_used_at timestamptz`);
    await runner.query(`alter table api_keys alter column role drop default`);
    await runner.query(`create table users (
      id uuid primary key,
      name text not null,
      password_hash text,
      role ${role('users')},
      created_at timestamptz not null,
      ended_at timestamptz
    )`);
    // The name of somebody who is gone is free again.
    await runner.query(`create unique index users_name_key on users (lower(name)) where ended_at is null`);
    await runner.query(`create table user_roles (
      user_id uuid not null constraint user_roles_user_fkey references users (id) on delete cascade,
      site_id uuid not null constraint user_roles_site_fkey references sites (id) on delete cascade,
      role ${role('user_roles')} not null,
      primary key (user_id, site_id)
    )`);
    await runner.query(`create index user_roles_site_idx on user_roles (site_id)`);
    await runner.query(`create index api_keys_site_idx on api_keys (site_id) where site_id is not null`);
    await runner.query(`create table sessions (
      token_hash bytea primary key,
      user_id uuid constraint sessions_user_fkey references users (id) on delete cascade,
      api_key_id uuid constraint sessions_api_key_fkey references api_keys (id) on delete cascade,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      constraint sessions_owner_check check (num_nonnulls(user_id, api_key_id) = 1)
    )`);
    await runner.query(`create index sessions_user_idx on sessions (user_id)`);
    await runner.query(`create index sessions_api_key_idx on sessions (api_key_id)`);
    await runner.query(`create table sign_in_links (
      token_hash bytea primary key,
      user_id uuid not null constraint sign_in_links_user_fkey references users (id) on delete cascade,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`);
    await runner.query(`create index sign_in_links_user_idx on sign_in_links (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sign_in_links', 'sessions', 'user_roles', 'users'])
      await runner.query(`drop table ${table}`);
    await runner.query(`alter table api_keys
      drop column role, drop column site_id, drop column expires_at, drop column last_used_at`);
  }
}
