import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { notFound } from '../../platform/errors.ts';
import { FACTS, readStored, type StoredRow, toResult } from './result-reading.ts';
import type { ResultFilter, StoredResult } from './results.query.ts';
import type { Newest } from './staleness.ts';

const STORED = `r.id, r.agent_id, r.boot, r.sequence, r.run_id, ${FACTS}`;

/** Where a page goes on: after this result, in the order newest observation first. */
export interface ResultPosition {
  observedAt: string;
  id: string;
}

@Injectable()
export class ResultsService {
  constructor(private readonly dataSource: DataSource) {}

  async list(
    siteId: string,
    filter: ResultFilter,
    limit: number,
    after: ResultPosition | undefined,
  ): Promise<StoredResult[]> {
    const parameters = [
      siteId,
      filter.serverId,
      filter.check,
      filter.target,
      filter.outcome,
      filter.runId,
      filter.from,
      filter.to,
      after?.observedAt,
      after?.id,
      limit,
    ];
    return this.#stored(
      siteId,
      `select ${STORED} from results r
       where r.site_id = $1
         and ($2::uuid is null or r.server_id = $2)
         and ($3::text is null or r.check_id = $3)
         and ($4::text is null or r.target_name = $4)
         and ($5::text is null or r.outcome = $5)
         and ($6::uuid is null or r.run_id = $6)
         and ($7::timestamptz is null or r.observed_at >= $7)
         and ($8::timestamptz is null or r.observed_at < $8)
         and ($9::timestamptz is null or (r.observed_at, r.id) < ($9, $10::uuid))
       order by r.observed_at desc, r.id desc limit $11`,
      parameters,
    );
  }

  async get(siteId: string, id: string): Promise<StoredResult> {
    const [row] = await this.#stored(
      siteId,
      `select ${STORED} from results r where r.site_id = $1 and r.id = $2 limit 1`,
      [siteId, id],
    );
    if (!row) throw notFound('Result', id);
    return row;
  }

  /** The newest result of every server for every check and target; reads `latest`, never the history. */
  latest(siteId: string): Promise<Newest[]> {
    return this.#atOneMoment(async (manager) => {
      const rows: StoredRow[] = await manager.query(
        `select r.result_id as id, ${FACTS} from latest r where r.site_id = $1`,
        [siteId],
      );
      const observed = await readStored(manager, siteId, rows);
      return rows.map((row, i) => ({
        serverId: row.server_id,
        result: toResult(row, observed[i] as never),
        receivedAt: row.received_at,
      }));
    });
  }

  #stored(siteId: string, sql: string, parameters: unknown[]): Promise<StoredResult[]> {
    return this.#atOneMoment(async (manager) => {
      const rows: (StoredRow & ReportedRow)[] = await manager.query(sql, parameters);
      const observed = await readStored(manager, siteId, rows);
      return rows.map((row, i) => toStored(row, toResult(row, observed[i] as never)));
    });
  }

  /** What a row points to cannot go between the two looks. */
  #atOneMoment<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', work);
  }
}

interface ReportedRow {
  agent_id: string;
  boot: string;
  sequence: string;
  run_id: string | null;
}

function toStored(row: StoredRow & ReportedRow, result: StoredResult['result']): StoredResult {
  return {
    serverId: row.server_id,
    agentId: row.agent_id,
    boot: row.boot,
    sequence: Number(row.sequence),
    runId: row.run_id,
    receivedAt: row.received_at.toISOString(),
    observedAt: row.observed_at.toISOString(),
    clock: clockOf(row),
    result,
  };
}

function clockOf({ started_at, observed_at, received_at }: StoredRow): StoredResult['clock'] {
  if (started_at === null) return 'server';
  return observed_at.getTime() === received_at.getTime() ? 'received' : 'corrected';
}
