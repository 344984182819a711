import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What signing in to mailboxes needs: settings of a site, its mailboxes, what it signs in with (sealed), who has to
 * wait for how long, and the mailbox that a result was aimed at.
 */
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

  `alter table runs add column kind text not null default 'asked'`,
  `alter table runs alter column kind drop default`,
  `alter table run_servers add column withheld jsonb not null default '[]'`,
  `alter table run_servers alter column withheld drop default`,

  `create table client_secrets (
    site_id uuid primary key constraint client_secrets_site_fkey references sites (id),
    sealed bytea not null,
    set_at timestamptz not null,
    expires_on date
  )`,

  `create table mailboxes (
    site_id uuid not null constraint mailboxes_site_fkey references sites (id),
    id uuid not null,
    name text not null,
    address text not null,
    user_name text not null,
    licence text,
    imap_enabled boolean,
    pop_enabled boolean,
    smtp_auth_enabled boolean,
    round_trip boolean not null,
    created_at timestamptz not null,
    retired_at timestamptz,
    primary key (site_id, id)
  )`,
  // As with servers: what is retired keeps its history, and its name and address become free.
  `create unique index mailboxes_name_key on mailboxes (site_id, name) where retired_at is null`,
  `create unique index mailboxes_address_key on mailboxes (site_id, address) where retired_at is null`,

  `create table credentials (
    site_id uuid not null constraint credentials_site_fkey references sites (id),
    user_name text not null,
    refresh_token bytea,
    access_token bytea not null,
    access_token_expires_at timestamptz not null,
    claims jsonb,
    obtained_at timestamptz not null,
    obtained_by uuid not null,
    refreshed_at timestamptz,
    refreshed_by uuid,
    primary key (site_id, user_name)
  )`,

  `create table sign_ins (
    site_id uuid not null,
    id uuid not null,
    user_name text not null,
    server_id uuid not null,
    flow text not null,
    redirect_uri text,
    state_hash bytea constraint sign_ins_state_key unique,
    code_verifier bytea,
    state text not null,
    user_code text,
    verification_uri text,
    failure text,
    aadsts integer,
    run_id uuid,
    result_id uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (site_id, id),
    constraint sign_ins_server_fkey foreign key (site_id, server_id) references servers (site_id, id)
  )`,

  `create table credential_holds (
    site_id uuid not null constraint credential_holds_site_fkey references sites (id),
    user_name text not null,
    server_id uuid not null,
    until timestamptz not null,
    reason text not null,
    primary key (site_id, user_name, server_id)
  )`,

  `create table mailbox_holds (
    site_id uuid not null constraint mailbox_holds_site_fkey references sites (id),
    mailbox text not null,
    until timestamptz not null,
    reason text not null,
    primary key (site_id, mailbox)
  )`,

  // Whoever moves the moment on starts the round: several instances share the work without talking to each other.
  `create table mail_rounds (
    site_id uuid primary key constraint mail_rounds_site_fkey references sites (id),
    due_at timestamptz not null
  )`,
];

const DOWN = [
  `drop table mail_rounds, mailbox_holds, credential_holds, sign_ins, credentials, mailboxes, client_secrets`,
  `alter table run_servers drop column withheld`,
  `alter table runs drop column kind`,
  `alter table latest drop column target_mailbox`,
  `alter table results drop column target_mailbox`,
  `alter table sites
    drop column redirect_uri,
    drop column admin_console_url,
    drop column mail_grant,
    drop column mailbox_every_seconds`,
];
