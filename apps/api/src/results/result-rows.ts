import type { Delivery } from '@mailpath/protocol';
import { splitEvidence } from './evidence-split.ts';

/** Who reported: the agent and the server it is enrolled for, as the API's own tables say, never as a frame says. */
export interface Reporter {
  siteId: string;
  agentId: string;
  serverId: string;
}

/** The columns of `results` that a batch fills, with their Postgres types, in the order in which they are sent. */
export const RESULT_COLUMNS = {
  site_id: 'uuid',
  observed_at: 'timestamptz',
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
  phases: 'jsonb',
  evidence: 'jsonb',
  evidence_hashes: 'jsonb',
  repeats: 'uuid',
  received_at: 'timestamptz',
} as const;

export type ResultRow = Record<keyof typeof RESULT_COLUMNS, string | number | null>;

/** Rows for the table, and the shared evidence they point to (hash to JSON text). */
export function toRows(
  reporter: Reporter,
  boot: string,
  deliveries: readonly Delivery[],
  receivedAt: Date,
): { rows: ResultRow[]; contents: Map<string, string> } {
  const contents = new Map<string, string>();
  const rows = deliveries.map(({ sequence, runId, result }): ResultRow => {
    const evidence = splitEvidence(result.evidence);
    for (const [hash, json] of evidence.contents) contents.set(hash, json);
    return {
      site_id: reporter.siteId,
      observed_at: result.startedAt,
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
      duration_ms: result.durationMs,
      phases: JSON.stringify(result.phases),
      evidence: JSON.stringify(evidence.inline),
      evidence_hashes: JSON.stringify(evidence.hashes),
      repeats: result.repeats,
      received_at: receivedAt.toISOString(),
    };
  });
  return { rows, contents };
}
