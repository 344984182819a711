import type { Reporter } from '../../estate/connections/reporter.ts';
import type { Delivery } from '@mailpath/protocol';
import type { SplitEvidence } from './evidence-split.ts';
import { placeInTime, type TimeKnown } from './observed-at.ts';
import type { ResultEntity } from './result.entity.ts';

/** The columns of results that were stored before observations were split. */
export const UNSPLIT = ['phases', 'evidence', 'evidenceHashes'] as const;

/** What a batch fills of a row. */
export type ResultRow = Omit<ResultEntity, (typeof UNSPLIT)[number]>;

/** The row of one delivery, whose observation is stored already. */
export function toRow(
  reporter: Reporter,
  boot: string,
  { sequence, runId, result }: Delivery,
  evidence: SplitEvidence,
  time: TimeKnown,
): ResultRow {
  return {
    siteId: reporter.siteId,
    ...placeInTime(result.startedAt, time),
    agentId: reporter.agentId,
    boot,
    sequence: String(sequence),
    id: result.id,
    serverId: reporter.serverId,
    runId,
    checkId: result.check,
    targetName: result.target.name,
    targetHost: result.target.host,
    targetPort: result.target.port,
    targetMailbox: result.target.mailbox ?? null,
    outcome: result.outcome,
    failurePhase: result.failure?.phase ?? null,
    failureCode: result.failure?.code ?? null,
    failureMessage: result.failure?.message ?? null,
    reason: result.reason,
    // For Postgres to reckon with, in what a `real` can hold; as it was measured it is among the values.
    durationMs: Math.round(result.durationMs * 10) / 10,
    evidenceHash: Buffer.from(evidence.hash, 'hex'),
    evidenceValues: evidence.values,
    repeats: result.repeats,
    receivedAt: time.receivedAt,
  };
}
