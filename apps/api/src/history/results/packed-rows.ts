import type { PackedResult } from '../packs/packed-result.ts';
import type { OfServer } from '../packs/packed-results.service.ts';
import { packValues, unpackValues } from './evidence-split.ts';
import type { ResultEntity } from './result.entity.ts';

/** A row whose observation is split, as a pack has it. */
export const toPacked = (row: ResultEntity): PackedResult => ({
  agentId: row.agentId,
  boot: row.boot,
  sequence: Number(row.sequence),
  id: row.id,
  runId: row.runId,
  checkId: row.checkId,
  targetName: row.targetName,
  targetHost: row.targetHost,
  targetPort: row.targetPort,
  targetMailbox: row.targetMailbox,
  observedAt: row.observedAt.getTime(),
  receivedAt: row.receivedAt.getTime(),
  startedAt: row.startedAt?.getTime() ?? null,
  outcome: row.outcome,
  failurePhase: row.failurePhase,
  failureCode: row.failureCode,
  failureMessage: row.failureMessage,
  reason: row.reason,
  durationMs: row.durationMs,
  evidenceHash: row.evidenceHash?.toString('hex') ?? '',
  values: unpackValues(row.evidenceValues ?? '[]'),
  repeats: row.repeats,
});

/** A packed result as if it still had a row. */
export const fromPacked = (siteId: string, { serverId, result }: OfServer): ResultEntity => ({
  siteId,
  serverId,
  agentId: result.agentId,
  boot: result.boot,
  sequence: String(result.sequence),
  id: result.id,
  runId: result.runId,
  checkId: result.checkId,
  targetName: result.targetName,
  targetHost: result.targetHost,
  targetPort: result.targetPort,
  targetMailbox: result.targetMailbox,
  observedAt: new Date(result.observedAt),
  receivedAt: new Date(result.receivedAt),
  startedAt: result.startedAt === null ? null : new Date(result.startedAt),
  outcome: result.outcome,
  failurePhase: result.failurePhase,
  failureCode: result.failureCode,
  failureMessage: result.failureMessage,
  reason: result.reason,
  durationMs: result.durationMs,
  evidenceHash: Buffer.from(result.evidenceHash, 'hex'),
  evidenceValues: packValues(result.values),
  phases: null,
  evidence: null,
  evidenceHashes: null,
  repeats: result.repeats,
});
