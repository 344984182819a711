import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Beside each pack it stands in which seconds it has results of which outcome, and packs with a failure have an index of
 * their own. Of what was packed before, the seconds are not known: such packs are read as they were.
 *
 * What stands beside a pack is compressed in its row, which is for whoever looks through many: a third of a byte a
 * result and more, where there are many checks.
 *
 * A page of roll-ups is written anew with every hour that is packed. What it was before becomes room for the next pages
 * soon, and not only once a fifth of the table has gone that path.
 */
export class PackSeconds1766880000023 implements MigrationInterface {
  readonly name = 'PackSeconds1766880000023';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const LISTS = ['checks', 'targets', 'outcomes', 'id_rests'];
/** The least that Postgres allows; a row that is longer is compressed. */
const TOAST_TUPLE_TARGET = 128;

const ROLL_UPS = ['hour_roll_ups', 'day_roll_ups'];
const VACUUM = ['autovacuum_vacuum_scale_factor', 'toast.autovacuum_vacuum_scale_factor'];

const eachPartition = (statement: string): string => `do $body$
  declare partition regclass;
  begin
    for partition in select inhrelid::regclass from pg_inherits where inhparent = 'packs'::regclass loop
      execute format('${statement}', partition);
    end loop;
  end $body$`;

const ensurePartition = (options: string): string => `
  create or replace function ensure_weekly_partition(parent text, moment timestamptz) returns text language plpgsql as $body$
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
    ${options}
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, partition_name,
      first_day::timestamp at time zone 'UTC', (first_day + 7)::timestamp at time zone 'UTC');
    return partition_name;
  end $body$`;

const UP = [
  `alter table packs add column seconds bytea`,
  ...LISTS.map((column) => `alter table packs alter column ${column} set storage main`),
  eachPartition(`alter table %s set (toast_tuple_target = ${TOAST_TUPLE_TARGET})`),
  ensurePartition(`if parent = 'packs' then
      execute format('alter table %I set (toast_tuple_target = ${TOAST_TUPLE_TARGET})', partition_name);
    end if;`),
  `create index packs_failed_idx on packs (site_id, hour, server_id, part) where 'fail' = any(outcomes)`,
  ...ROLL_UPS.map(
    (table) => `alter table ${table} set (${VACUUM.map((name) => `${name} = 0.02`).join(', ')})`,
  ),
];

const DOWN = [
  ...ROLL_UPS.map((table) => `alter table ${table} reset (${VACUUM.join(', ')})`),
  `drop index packs_failed_idx`,
  ensurePartition(''),
  eachPartition(`alter table %s reset (toast_tuple_target)`),
  ...LISTS.map((column) => `alter table packs alter column ${column} set storage extended`),
  `alter table packs drop column seconds`,
];
