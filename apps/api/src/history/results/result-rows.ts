import type { Reporter } from '../../estate/connections/reporter.ts';
import type { Delivery } from '@mailpath/protocol';
import type { SplitEvidence } from './evidence-split.ts';
import { placeInTime, type TimeKnown } from './observed-at.ts';

/** The columns of `results` that a batch fills, with their Postgres types, in the order in which they are sent. */
export const RESULT_COLUMNS = {
  site_id: 'uuid',
  observed_at: 'timestamptz',
  started_at: 'timestamptz',
  agent_id: 'uuid',
  boot: 'uuid',
  sequence: 'bigint',
  id: 'uuid',
  server_id: 'uuid',
  run_id: 'uuid',
  check_id: 'text',
  target_name: 'text',
  target_host: 'text',
  target_port: 'integer',
  target_mailbox: 'text',
  outcome: 'text',
  failure_phase: 'text',
  failure_code: 'text',
  failure_message: 'text',
  reason: 'text',
  duration_ms: 'real',
  evidence_hash: 'bytea',
  evidence_values: 'text',
  repeats: 'uuid',
  received_at: 'timestamptz',
} as const;

export type ResultRow = Record<keyof typeof RESULT_COLUMNS, string | number | Buffer | Date | null>;

/** The row of one delivery, whose observation is stored already. */
export function toRow(
  reporter: Reporter,
  boot: string,
  { sequence, runId, result }: Delivery,
  evidence: SplitEvidence,
  time: TimeKnown,
): ResultRow {
  const { observedAt, startedAt } = placeInTime(result.startedAt, time);
  return {
    site_id: reporter.siteId,
    observed_at: observedAt,
    started_at: startedAt,
    agent_id: reporter.agentId,
    boot,
    sequence,
    id: result.id,
    server_id: reporter.serverId,
    run_id: runId,
    check_id: result.check,
    target_name: result.target.name,
    target_host: result.target.host,
    target_port: result.target.port,
    target_mailbox: result.target.mailbox ?? null,
    outcome: result.outcome,
    failure_phase: result.failure?.phase ?? null,
    failure_code: result.failure?.code ?? null,
    failure_message: result.failure?.message ?? null,
    reason: result.reason,
    // For Postgres to reckon with, in what a `real` can hold; as it was measured it is among the values.
    duration_ms: Math.round(result.durationMs * 10) / 10,
    evidence_hash: Buffer.from(evidence.hash, 'hex'),
    evidence_values: evidence.values,
    repeats: result.repeats,
    received_at: time.receivedAt,
  };
}
