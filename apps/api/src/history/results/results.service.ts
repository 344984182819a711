import { Injectable } from '@nestjs/common';
import type { CheckResult } from '@mailpath/protocol';
import { DataSource, type EntityManager, type EntityTarget } from 'typeorm';
import { notFound } from '../../platform/not-found.ts';
import { columnsOf, selected } from '../../platform/database/entity-columns.ts';
import { LatestEntity } from './latest.entity.ts';
import { ResultEntity } from './result.entity.ts';
import { resultsOf, type StoredRow } from './result-reading.ts';
import { PackedResults } from '../packs/packed-results.service.ts';
import { newestAt } from './newest-at.ts';
import { newestFirst, type ResultPosition } from './newest-first.ts';
import { fromPacked } from './packed-rows.ts';
import type { KeptResult, ResultFilter } from './results.query.ts';
import type { Seen } from './sibling.ts';
import type { Newest, Staleness } from './staleness.ts';

@Injectable()
export class ResultsService {
  constructor(
    readonly database: DataSource,
    readonly packs: PackedResults,
  ) {}

  async list(
    siteId: string,
    filter: ResultFilter,
    limit: number,
    after: ResultPosition | undefined,
  ): Promise<KeptResult[]> {
    return this.#atOneMoment(async (manager) =>
      this.#read(manager, siteId, await newestFirst(this, manager, siteId, filter, limit, after)),
    );
  }

  async get(siteId: string, id: string): Promise<KeptResult> {
    const [result] = await this.#atOneMoment(async (manager) => {
      const rows: ResultEntity[] = await manager.query(
        `select ${this.#columns(ResultEntity)} from results r where r.site_id = $1 and r.id = $2 limit 1`,
        [siteId, id],
      );
      const packed = rows.length === 0 ? await this.packs.find(manager, siteId, id) : undefined;
      return this.#read(manager, siteId, packed ? [fromPacked(siteId, packed)] : rows);
    });
    if (!result) throw notFound('Result', id);
    return result;
  }

  /** The newest result of every server for every check and target; reads `latest`, never the history. */
  latest(siteId: string): Promise<Newest[]> {
    return this.#atOneMoment(async (manager) => {
      const stored: LatestEntity[] = await manager.query(
        `select ${this.#columns(LatestEntity)} from latest r where r.site_id = $1`,
        [siteId],
      );
      const rows = stored.map((row) => Object.assign(row, { id: row.resultId }));
      return (await resultsOf(manager, siteId, rows)).map(toNewest);
    });
  }

  /** The same as it was at a moment, as far as it was no older than `lookBackMs` then. */
  latestAt(siteId: string, at: Date, lookBackMs: number): Promise<Newest[]> {
    return this.#atOneMoment(async (manager) => {
      const rows = await newestAt(this, manager, siteId, at, lookBackMs);
      return (await resultsOf(manager, siteId, rows)).map(toNewest);
    });
  }

  /** The newest of every server for every check and target, without what was observed. */
  async seen(siteId: string, now: Date, { staleAfterMs, mailStaleAfterMs }: Staleness): Promise<Seen[]> {
    return this.database.query(
      `select l.server_id as "serverId", l.check_id as check, l.target_name as target, l.target_host as host,
         l.target_port as port, l.outcome, l.result_id as "resultId",
         l.received_at > $2::timestamptz - (case when l.target_mailbox is null then $3::int else $4::int end)
           * interval '1 millisecond' as "isFresh"
       from latest l where l.site_id = $1`,
      [siteId, now, staleAfterMs, mailStaleAfterMs],
    );
  }

  /**
   * What the checks of some servers came to before the newest: first looks alone, aimed at the place that the newest
   * was aimed at, at most `rounds` of each check of each server, none older than `within` (an interval of Postgres)
   * before it.
   */
  before(
    siteId: string,
    servers: readonly string[],
    rounds: number,
    within: string,
  ): Promise<{ serverId: string; result: CheckResult }[]> {
    return this.#atOneMoment(async (manager) => {
      const rows: ResultEntity[] = await manager.query(
        `select r.* from latest l cross join lateral (
           select ${this.#columns(ResultEntity, 'p')} from results p
           where p.site_id = l.site_id and p.server_id = l.server_id
             and p.check_id = l.check_id and p.target_name = l.target_name
             and p.target_host = l.target_host and p.target_port = l.target_port
             and p.observed_at < l.observed_at and p.observed_at >= l.observed_at - $2::interval
             and p.repeats is null and p.id is distinct from l.repeats
           order by p.observed_at desc limit $3
         ) r
         where l.site_id = $1 and l.server_id = any($4::uuid[])`,
        [siteId, within, rounds, servers],
      );
      const read = await resultsOf(manager, siteId, rows);
      return read.map(({ row, result }) => ({ serverId: row.serverId, result }));
    });
  }

  async #read(manager: EntityManager, siteId: string, rows: ResultEntity[]): Promise<KeptResult[]> {
    return (await resultsOf(manager, siteId, rows)).map(({ row, result }) => toStored(row, result));
  }

  #columns(entity: EntityTarget<object>, table = 'r'): string {
    return selected(columnsOf(this.database, entity), table);
  }

  /** What a row points to cannot go between the two looks. */
  #atOneMoment<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction('REPEATABLE READ', work);
  }
}

const toNewest = ({ row, result }: { row: StoredRow; result: CheckResult }): Newest => ({
  serverId: row.serverId,
  result,
  receivedAt: row.receivedAt,
});

function toStored(row: ResultEntity, result: KeptResult['result']): KeptResult {
  return {
    serverId: row.serverId,
    agentId: row.agentId,
    boot: row.boot,
    sequence: Number(row.sequence),
    runId: row.runId,
    receivedAt: row.receivedAt.toISOString(),
    observedAt: row.observedAt.toISOString(),
    clock: clockOf(row),
    result,
  };
}

function clockOf({ startedAt, observedAt, receivedAt }: ResultEntity): KeptResult['clock'] {
  if (startedAt === null) return 'server';
  return observedAt.getTime() === receivedAt.getTime() ? 'received' : 'corrected';
}
