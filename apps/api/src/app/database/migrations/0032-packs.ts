import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Results that no round needs any more lie in packs, an hour of a server in each; of them there are roll-ups by hours and
 * by days, which stay longer. What is there already is packed by and by, while the API runs.
 */
export class Packs1766620800032 implements MigrationInterface {
  readonly name = 'Packs1766620800032';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const ROLL_UPS = ['hour_roll_ups', 'day_roll_ups'];

const UP = [
  `create table packs (
    site_id uuid not null,
    hour timestamptz not null,
    server_id uuid not null,
    part smallint not null,
    results integer not null,
    checks text[] not null,
    targets text[] not null,
    outcomes text[] not null,
    runs uuid[] not null,
    id_rests text[] not null,
    body bytea not null,
    primary key (site_id, hour, server_id, part)
  ) partition by range (hour)`,
  // It is compressed already.
  `alter table packs alter column body set storage external`,
  `create index packs_server_idx on packs (site_id, server_id, hour)`,

  `create table result_places (
    site_id uuid not null,
    id uuid not null,
    server_id uuid not null,
    hour timestamptz not null,
    constraint result_places_pkey primary key (site_id, id)
  )`,
  `create index result_places_hour_idx on result_places (hour)`,

  ...ROLL_UPS.flatMap((table) => [
    `create table ${table} (
      site_id uuid not null,
      server_id uuid not null,
      starts timestamptz not null,
      body bytea not null,
      constraint ${table}_pkey primary key (site_id, server_id, starts)
    )`,
    `alter table ${table} alter column body set storage external`,
    `create index ${table}_starts_idx on ${table} (starts)`,
  ]),

  // As ensure_results_partition did for results, for any table that is partitioned by weeks (Monday to Monday, UTC).
  `create function ensure_weekly_partition(parent text, moment timestamptz) returns text language plpgsql as $body$
  declare
    first_day date := date_trunc('week', moment at time zone 'UTC')::date;
    partition_name text := parent || '_' || to_char(first_day, 'YYYYMMDD');
  begin
    if exists (select from pg_inherits where inhrelid = to_regclass(partition_name) and inhparent = parent::regclass) then
      return partition_name;
    end if;
    -- One maker at a time; after a lock on a table a session sees what others have just made.
    execute format('lock table %I in share update exclusive mode', parent);
    if exists (select from pg_inherits where inhrelid = to_regclass(partition_name) and inhparent = parent::regclass) then
      return partition_name;
    end if;
    if to_regclass(partition_name) is null then
      execute format('create table %I (like %I including defaults including constraints including storage)', partition_name, parent);
    end if;
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, partition_name,
      first_day::timestamp at time zone 'UTC', (first_day + 7)::timestamp at time zone 'UTC');
    return partition_name;
  end $body$`,
  // An instance of the version before still asks for it.
  `create or replace function ensure_results_partition(moment timestamptz) returns text language sql as $body$
    select ensure_weekly_partition('results', moment)
  $body$`,
];

// What is packed cannot be read by what was there before; taking the tables away would lose it without a word.
const DOWN = [
  `do $body$ begin
    if exists (select from packs) or exists (select from hour_roll_ups) or exists (select from day_roll_ups) then
      raise exception 'results that were packed cannot be read by an earlier version: restore the backup made before the update';
    end if;
  end $body$`,
  `create or replace function ensure_results_partition(moment timestamptz) returns text language plpgsql as $body$
  begin
    raise exception 'run the migrations of the version that is to be started';
  end $body$`,
  `drop function ensure_weekly_partition(text, timestamptz)`,
  `drop table packs, result_places, hour_roll_ups, day_roll_ups`,
];
