import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of the first day. The site is the first part of every key; results are partitioned by the week in which
 * they were observed; large evidence is stored once per content; the comparison reads `latest` and never the history.
 */
export class FirstTables1763942400001 implements MigrationInterface {
  readonly name = 'FirstTables1763942400001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `create table sites (
    id uuid primary key,
    name text not null constraint sites_name_key unique,
    version text,
    es_level text,
    external_url text,
    cloud text not null,
    tenant text,
    client_id text,
    inbound_protocol text not null,
    account_kind text,
    target_overrides jsonb not null,
    extra_targets jsonb not null,
    every_seconds integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,

  `create table servers (
    site_id uuid not null constraint servers_site_fkey references sites (id),
    id uuid not null,
    name text not null,
    roles text[] not null,
    created_at timestamptz not null,
    retired_at timestamptz,
    primary key (site_id, id)
  )`,
  // A retired server keeps its history, and its name becomes free.
  `create unique index servers_name_key on servers (site_id, name) where retired_at is null`,

  `create table enrolment_codes (
    site_id uuid not null,
    id uuid not null,
    server_id uuid not null,
    code_hash bytea not null constraint enrolment_codes_hash_key unique,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (site_id, id),
    constraint enrolment_codes_server_fkey foreign key (site_id, server_id) references servers (site_id, id)
  )`,

  // An agent names itself by its id alone when it joins, so the id is unique by itself too.
  `create table agents (
    site_id uuid not null,
    id uuid not null constraint agents_id_key unique,
    server_id uuid not null,
    public_key bytea not null,
    version text not null,
    host_name text not null,
    platform text not null,
    node_version text not null,
    enrolled_at timestamptz not null,
    last_seen_at timestamptz,
    revoked_at timestamptz,
    primary key (site_id, id),
    constraint agents_server_fkey foreign key (site_id, server_id) references servers (site_id, id)
  )`,
  `create unique index agents_one_per_server_key on agents (site_id, server_id) where revoked_at is null`,

  // How far each start of each agent has been stored: what makes a second delivery harmless.
  `create table agent_boots (
    site_id uuid not null,
    agent_id uuid not null,
    boot uuid not null,
    acknowledged bigint not null,
    dropped bigint not null,
    first_seen_at timestamptz not null,
    primary key (site_id, agent_id, boot),
    constraint agent_boots_agent_fkey foreign key (site_id, agent_id) references agents (site_id, id)
  )`,

  `create table runs (
    site_id uuid not null constraint runs_site_fkey references sites (id),
    id uuid not null,
    requested_at timestamptz not null,
    deadline_at timestamptz not null,
    primary key (site_id, id)
  )`,
  `create table run_servers (
    site_id uuid not null,
    run_id uuid not null,
    server_id uuid not null,
    agent_id uuid,
    expected integer not null,
    received integer not null,
    finished_at timestamptz,
    primary key (site_id, run_id, server_id),
    constraint run_servers_run_fkey foreign key (site_id, run_id) references runs (site_id, id),
    constraint run_servers_server_fkey foreign key (site_id, server_id) references servers (site_id, id)
  )`,

  `create table evidence (
    site_id uuid not null,
    hash bytea not null,
    content jsonb not null,
    seen_on date not null,
    primary key (site_id, hash)
  )`,

  // No foreign keys here: the ingest transaction has just read the agent's row, and history outlives what it points to.
  `create table results (
    site_id uuid not null,
    observed_at timestamptz not null,
    agent_id uuid not null,
    boot uuid not null,
    sequence bigint not null,
    id uuid not null,
    server_id uuid not null,
    run_id uuid,
    check_id text not null,
    target_name text not null,
    target_host text not null,
    target_port integer not null,
    outcome text not null,
    failure_phase text,
    failure_code text,
    failure_message text,
    reason text,
    duration_ms real not null,
    phases jsonb not null,
    evidence jsonb not null,
    evidence_hashes jsonb not null,
    repeats uuid,
    received_at timestamptz not null,
    primary key (site_id, observed_at, agent_id, boot, sequence)
  ) partition by range (observed_at)`,
  `create index results_id_idx on results (site_id, id)`,
  `create index results_newest_idx on results (site_id, observed_at, id)`,
  `create index results_series_idx on results (site_id, server_id, check_id, target_name, observed_at)`,
  `create index results_run_idx on results (site_id, run_id) where run_id is not null`,
  // Results of a server whose clock is far off land here, so none is ever refused.
  `create table results_elsewhen partition of results default`,

  `create table latest (
    site_id uuid not null,
    server_id uuid not null,
    check_id text not null,
    target_name text not null,
    target_host text not null,
    target_port integer not null,
    result_id uuid not null,
    observed_at timestamptz not null,
    received_at timestamptz not null,
    outcome text not null,
    failure_phase text,
    failure_code text,
    failure_message text,
    reason text,
    duration_ms real not null,
    phases jsonb not null,
    evidence jsonb not null,
    evidence_hashes jsonb not null,
    repeats uuid,
    primary key (site_id, server_id, check_id, target_name)
  )`,

  `create table api_keys (
    id uuid primary key,
    name text not null,
    key_hash bytea not null constraint api_keys_hash_key unique,
    created_at timestamptz not null,
    revoked_at timestamptz
  )`,

  // Makes the partition of the week (Monday to Monday, UTC) that holds the moment, if it is not there. Rows of that
  // week that had to wait in results_elsewhen move along, since Postgres refuses a partition beside a default that
  // overlaps it.
  `create function ensure_results_partition(moment timestamptz) returns text language plpgsql as $body$
  declare
    first_day date := date_trunc('week', moment at time zone 'UTC')::date;
    lower_bound timestamptz := first_day::timestamp at time zone 'UTC';
    upper_bound timestamptz := (first_day + 7)::timestamp at time zone 'UTC';
    partition_name text := 'results_' || to_char(first_day, 'YYYYMMDD');
  begin
    if to_regclass(partition_name) is not null then
      return partition_name;
    end if;
    -- One maker at a time. Only a lock on a table makes a session see what others have just made: after an advisory lock
    -- the second question would still be answered from this session's cache.
    lock table results in access exclusive mode;
    if to_regclass(partition_name) is not null then
      return partition_name;
    end if;
    execute format('create table %I (like results including defaults including constraints)', partition_name);
    execute format(
      'with moved as (delete from results_elsewhen where observed_at >= %L and observed_at < %L returning *)
       insert into %I select * from moved', lower_bound, upper_bound, partition_name);
    execute format('alter table results attach partition %I for values from (%L) to (%L)',
      partition_name, lower_bound, upper_bound);
    return partition_name;
  end $body$`,
];

const DOWN = [
  `drop function ensure_results_partition(timestamptz)`,
  ...[
    'api_keys',
    'latest',
    'results',
    'evidence',
    'run_servers',
    'runs',
    'agent_boots',
    'agents',
    'enrolment_codes',
    'servers',
    'sites',
  ].map((table) => `drop table ${table}`),
];
