import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { columnsOf, selected } from '../../platform/database/entity-columns.ts';
import type { PackedResult } from '../packs/packed-result.ts';
import type { Observation } from '../roll-ups/bucket.ts';
import { observationsOfRows } from './observations.ts';
import { toPacked } from './packed-rows.ts';
import { ResultEntity } from './result.entity.ts';
import { splitAnew } from './split-anew.ts';

/** Results that still have a row each. */
@Injectable()
export class UnpackedResults {
  constructor(private readonly database: DataSource) {}

  /** When the oldest was observed, from `from` on and before `before`. */
  async oldest(siteId: string, from: Date, before: Date): Promise<Date | undefined> {
    const [row]: { at: Date }[] = await this.database.query(
      `select r.observed_at as at from results r
       where r.site_id = $1 and r.observed_at >= $2 and r.observed_at < $3 order by r.observed_at limit 1`,
      [siteId, from, before],
    );
    return row?.at;
  }

  /** The ids of the servers that observed them. */
  async servers(siteId: string, from: Date, before: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `select distinct r.server_id as id from results r
       where r.site_id = $1 and r.observed_at >= $2 and r.observed_at < $3 order by 1`,
      [siteId, from, before],
    );
    return rows.map(({ id }) => id);
  }

  /** Deletes the oldest, at most `limit` of them, and answers them. */
  async take(
    manager: EntityManager,
    { siteId, serverId, from, before }: { siteId: string; serverId: string; from: Date; before: Date },
    limit: number,
  ): Promise<PackedResult[]> {
    const rows: ResultEntity[] = await manager.query(
      `with due as (
         select s.observed_at, s.agent_id, s.boot, s.sequence from results s
         where s.site_id = $1 and s.server_id = $2 and s.observed_at >= $3 and s.observed_at < $4
         order by s.observed_at limit $5
       ), gone as (
         delete from results d using due
         where d.site_id = $1 and d.observed_at >= $3 and d.observed_at < $4
           and (d.observed_at, d.agent_id, d.boot, d.sequence) =
             (due.observed_at, due.agent_id, due.boot, due.sequence)
         returning d.*
       ) select ${this.#columns('g')} from gone g`,
      [siteId, serverId, from, before, limit],
    );
    return (await splitAnew(manager, siteId, rows)).map(toPacked);
  }

  /** What of one check of one target is rolled up, by server. */
  async observations(
    manager: EntityManager,
    siteId: string,
    of: { servers: readonly string[]; check: string; target: string; from: number; to: number },
  ): Promise<Map<string, Observation[]>> {
    const rows: ResultEntity[] = await manager.query(
      `select ${this.#columns('r')} from results r
       where r.site_id = $1 and r.server_id = any($2::uuid[]) and r.check_id = $3 and r.target_name = $4
         and r.observed_at >= $5 and r.observed_at < $6`,
      [siteId, of.servers, of.check, of.target, new Date(of.from), new Date(of.to)],
    );
    const all = new Map<string, Observation[]>();
    for (const [serverId, own] of Map.groupBy(rows, (row) => row.serverId))
      all.set(serverId, await observationsOfRows(manager, siteId, own));
    return all;
  }

  #columns(table: string): string {
    return selected(columnsOf(this.database, ResultEntity), table);
  }
}
