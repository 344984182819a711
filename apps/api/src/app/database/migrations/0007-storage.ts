import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * No clock can stop storage: results lie in the week in which they were observed by the API's time, no partition is the
 * one for the rest, and none has rows moved into it. An observation is kept in two parts, what it has in common with
 * others and its own values. What a run asked for, what an agent stores in an hour and when an agent's start was last
 * seen is written down.
 */
export class Storage1764460800007 implements MigrationInterface {
  readonly name = 'Storage1764460800007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const OBSERVED = ['results', 'latest'];

const UP = [
  // What is in it is moved by and by, by the time it was received, while the API runs.
  `alter table results detach partition results_elsewhen`,

  ...OBSERVED.flatMap((table) => [
    // Columns that may be empty: nothing is rewritten, and rows that are there stay as they are.
    `alter table ${table}
      add column started_at timestamptz,
      add column evidence_hash bytea,
      add column evidence_values text`,
    `alter table ${table}
      alter column phases drop not null,
      alter column evidence drop not null,
      alter column evidence_hashes drop not null`,
  ]),

  `alter table agent_boots
    add column clock_ahead_ms double precision,
    add column seen_at timestamptz not null default now()`,
  `alter table agent_boots alter column seen_at drop default`,
  `create index agent_boots_boot_idx on agent_boots (boot)`,

  `alter table run_servers add column asked jsonb`,

  `create table agent_evidence (
    site_id uuid not null,
    agent_id uuid not null,
    hour timestamptz not null,
    bytes bigint not null,
    left_out bigint not null,
    primary key (site_id, agent_id),
    constraint agent_evidence_agent_fkey foreign key (site_id, agent_id) references agents (site_id, id)
  )`,

  `create table daily_jobs (
    name text primary key,
    done_at timestamptz not null
  )`,

  // Makes the partition of the week (Monday to Monday, UTC) that holds the moment, if it is not there. Neither reading
  // nor storing waits for it: attaching takes a lock that only another change of the table conflicts with, and a new
  // table has no rows.
  `create or replace function ensure_results_partition(moment timestamptz) returns text language plpgsql as $body$
  declare
    first_day date := date_trunc('week', moment at time zone 'UTC')::date;
    partition_name text := 'results_' || to_char(first_day, 'YYYYMMDD');
  begin
    if exists (select from pg_inherits where inhrelid = to_regclass(partition_name) and inhparent = 'results'::regclass) then
      return partition_name;
    end if;
    -- One maker at a time; after a lock on a table a session sees what others have just made.
    lock table results in share update exclusive mode;
    if exists (select from pg_inherits where inhrelid = to_regclass(partition_name) and inhparent = 'results'::regclass) then
      return partition_name;
    end if;
    if to_regclass(partition_name) is null then
      execute format('create table %I (like results including defaults including constraints)', partition_name);
    end if;
    execute format('alter table results attach partition %I for values from (%L) to (%L)', partition_name,
      first_day::timestamp at time zone 'UTC', (first_day + 7)::timestamp at time zone 'UTC');
    return partition_name;
  end $body$`,
];

// An observation in two parts cannot be read by what was there before; taking the columns away would lose it without a
// word.
const DOWN = [
  `do $body$ begin
    if exists (select from results where evidence_hash is not null) or exists (select from latest where evidence_hash is not null) then
      raise exception 'results that were stored since cannot be read by an earlier version: restore the backup made before the update';
    end if;
  end $body$`,
  `drop table daily_jobs, agent_evidence`,
  `alter table run_servers drop column asked`,
  `drop index agent_boots_boot_idx`,
  `alter table agent_boots drop column clock_ahead_ms, drop column seen_at`,
  ...OBSERVED.flatMap((table) => [
    `alter table ${table}
      alter column phases set not null,
      alter column evidence set not null,
      alter column evidence_hashes set not null`,
    `alter table ${table} drop column started_at, drop column evidence_hash, drop column evidence_values`,
  ]),
  // It never had the columns that are gone now; what is still in it has a place nowhere else.
  `alter table results attach partition results_elsewhen default`,
  `create or replace function ensure_results_partition(moment timestamptz) returns text language plpgsql as $body$
  begin
    raise exception 'run the migrations of the version that is to be started';
  end $body$`,
];
