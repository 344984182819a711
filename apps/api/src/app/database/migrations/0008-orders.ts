import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What agents are asked to do, and which connection each of them has, over all instances of the API: an order is a row,
 * and so is the connection that it goes out on. A run knows what was asked, so that whoever asks the same while it
 * waits joins it.
 */
export class Orders1764547200008 implements MigrationInterface {
  readonly name = 'Orders1764547200008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `create table orders (
    site_id uuid not null,
    id uuid not null,
    kind text not null,
    purpose text not null,
    run_id uuid not null,
    server_id uuid not null,
    agent_id uuid not null,
    user_name text,
    uses jsonb not null,
    tasks jsonb not null,
    open integer[] not null,
    check_deadline_ms integer not null,
    round_deadline_ms integer not null,
    lasts_ms integer not null,
    waits_for_person boolean not null,
    repeatable boolean not null,
    detail jsonb not null,
    sealed_grant bytea,
    sealed_tokens bytea,
    state text not null,
    reason text,
    asked_at timestamptz not null,
    give_up_at timestamptz not null,
    lent_at timestamptz[] not null,
    lent_until timestamptz,
    instance uuid,
    session text,
    ended_at timestamptz,
    primary key (site_id, id),
    constraint orders_run_fkey foreign key (site_id, run_id) references runs (site_id, id),
    constraint orders_agent_fkey foreign key (site_id, agent_id) references agents (site_id, id)
  )`,
  // Orders without a user need no credential, and any number of them may wait: nulls are distinct.
  `create unique index orders_waiting_key on orders (site_id, purpose, server_id, user_name) where state = 'waiting'`,
  `create index orders_open_idx on orders (site_id, id) where ended_at is null`,
  `create index orders_run_idx on orders (site_id, run_id)`,

  `create table agent_sessions (
    site_id uuid not null,
    agent_id uuid not null,
    instance uuid not null,
    session text not null,
    protocol integer not null,
    connected_at timestamptz not null,
    seen_at timestamptz not null,
    primary key (site_id, agent_id),
    constraint agent_sessions_agent_fkey foreign key (site_id, agent_id) references agents (site_id, id)
  )`,

  `create table application_tokens (
    site_id uuid not null,
    tenant text not null,
    client_id text not null,
    mailbox text not null,
    token bytea not null,
    expires_at timestamptz not null,
    primary key (site_id, tenant, client_id, mailbox),
    constraint application_tokens_site_fkey foreign key (site_id) references sites (id)
  )`,

  `alter table runs add column asked_key bytea`,
  `create unique index runs_asked_key on runs (site_id, asked_key) where asked_key is not null`,
];

const DOWN = [
  `drop index runs_asked_key`,
  `alter table runs drop column asked_key`,
  `drop table application_tokens, agent_sessions, orders`,
];
