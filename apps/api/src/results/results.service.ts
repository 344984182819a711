import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CheckResult } from '@mailpath/protocol';
import { notFound } from '../errors.ts';
import type { ResultFilter, StoredResult } from './results.query.ts';

/** A row of `results` or `latest`, with the sections of its evidence put together again. */
interface ResultRow {
  id: string;
  server_id: string;
  agent_id: string;
  boot: string;
  sequence: string;
  run_id: string | null;
  received_at: Date;
  observed_at: Date;
  check_id: string;
  target_name: string;
  target_host: string;
  target_port: number;
  target_mailbox: string | null;
  outcome: CheckResult['outcome'];
  failure_phase: NonNullable<CheckResult['failure']>['phase'] | null;
  failure_code: NonNullable<CheckResult['failure']>['code'] | null;
  failure_message: string | null;
  reason: string | null;
  duration_ms: number;
  phases: CheckResult['phases'];
  evidence: CheckResult['evidence'];
  repeats: string | null;
}

/** Short sections lie in the row, large ones once per content in `evidence`: this puts them side by side again. */
const WHOLE_EVIDENCE = `r.evidence || coalesce((
  select jsonb_object_agg(shared.section, e.content)
  from jsonb_each_text(r.evidence_hashes) as shared(section, hash)
  join evidence e on e.site_id = r.site_id and e.hash = decode(shared.hash, 'hex')), '{}') as evidence`;
const FACTS = `r.server_id, r.received_at, r.observed_at, r.check_id, r.target_name, r.target_host, r.target_port, r.target_mailbox,
  r.outcome, r.failure_phase, r.failure_code, r.failure_message, r.reason, r.duration_ms, r.phases, r.repeats, ${WHOLE_EVIDENCE}`;
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
    const rows: ResultRow[] = await this.dataSource.query(
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
      [
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
      ],
    );
    return rows.map(toStored);
  }

  async get(siteId: string, id: string): Promise<StoredResult> {
    const [row]: ResultRow[] = await this.dataSource.query(
      `select ${STORED} from results r where r.site_id = $1 and r.id = $2 limit 1`,
      [siteId, id],
    );
    if (!row) throw notFound('Result', id);
    return toStored(row);
  }

  /** The newest result of every server for every check and target; reads `latest`, never the history. */
  async latest(siteId: string): Promise<{ serverId: string; result: CheckResult }[]> {
    const rows: ResultRow[] = await this.dataSource.query(
      `select r.result_id as id, ${FACTS} from latest r where r.site_id = $1`,
      [siteId],
    );
    return rows.map((row) => ({ serverId: row.server_id, result: toResult(row) }));
  }
}

function toStored(row: ResultRow): StoredResult {
  return {
    serverId: row.server_id,
    agentId: row.agent_id,
    boot: row.boot,
    sequence: Number(row.sequence),
    runId: row.run_id,
    receivedAt: row.received_at.toISOString(),
    result: toResult(row),
  };
}

function toResult(row: ResultRow): CheckResult {
  const { failure_phase: phase, failure_code: code, failure_message: message } = row;
  return {
    id: row.id,
    check: row.check_id,
    target: {
      name: row.target_name,
      host: row.target_host,
      port: row.target_port,
      ...(row.target_mailbox === null ? {} : { mailbox: row.target_mailbox }),
    },
    outcome: row.outcome,
    startedAt: row.observed_at.toISOString(),
    durationMs: Math.round(row.duration_ms * 10) / 10,
    phases: row.phases,
    failure: phase && code && message ? { phase, code, message } : null,
    reason: row.reason,
    evidence: row.evidence,
    repeats: row.repeats,
  };
}
