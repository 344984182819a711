import type { DataSource } from 'typeorm';
import { columnsOf } from '../../platform/database/entity-columns.ts';
import { LatestEntity } from './latest.entity.ts';
import { ResultEntity } from './result.entity.ts';
import { type ResultRow, UNSPLIT } from './result-rows.ts';

/** The statement that stores a group of batches, and the order of what it is given. */
export interface InsertResults {
  sql: string;
  /** A list for each: the values of all rows. After them comes one that tells which results are asked for. */
  properties: readonly (keyof ResultRow)[];
}

/**
 * One statement for the history and for `latest`, which has what is asked of the server and nothing else. An agent
 * delivers in the order in which it observed, so the last delivered is the newest even when its clock was set back in
 * between; a group has one batch of a server at most. Rows of `latest` are changed in the order of their key, on every
 * connection.
 */
export function insertResults(database: DataSource): InsertResults {
  const isFilled = ({ property }: { property: string }): boolean => !UNSPLIT.some((one) => one === property);
  const columns = columnsOf(database, ResultEntity).filter(isFilled);
  const names = columns.map(({ name }) => name).join(', ');
  const ofLatest = columnsOf(database, LatestEntity).filter(isFilled);
  const key = ofLatest.filter(({ isKey }) => isKey).map(({ name }) => name);
  const shared = ofLatest.map(({ name }) => name).filter((name) => columns.some((one) => one.name === name));
  const renewed = [...shared.filter((name) => !key.includes(name)), 'result_id'];
  const sql = `
with incoming as (
  select * from unnest(${columns.map(({ type }, i) => `$${i + 1}::${type}[]`).join(', ')}, $${columns.length + 1}::boolean[])
    as t(${names}, is_asked)
), history as (
  insert into results (${names}) select ${names} from incoming on conflict do nothing
)
insert into latest (${shared.join(', ')}, result_id)
select distinct on (${key.join(', ')}) ${shared.join(', ')}, id
from incoming where is_asked order by ${key.join(', ')}, sequence desc
on conflict (${key.join(', ')}) do update set
  ${renewed.map((name) => `${name} = excluded.${name}`).join(', ')},
  phases = null, evidence = null, evidence_hashes = null`;
  return { sql, properties: columns.map(({ property }) => property as keyof ResultRow) };
}
