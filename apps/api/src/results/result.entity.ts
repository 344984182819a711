import type { FailureCode, Outcome, Phase, PhaseTiming } from '@mailpath/protocol';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One result, never edited. Partitioned by the week in which it was observed, so the time is part of the key. */
@Entity({ name: 'results' })
@Index('results_id_idx', ['siteId', 'id'])
@Index('results_newest_idx', ['siteId', 'observedAt', 'id'])
@Index('results_series_idx', ['siteId', 'serverId', 'checkId', 'targetName', 'observedAt'])
@Index('results_run_idx', ['siteId', 'runId'], { where: 'run_id is not null' })
export class ResultEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'observed_at', type: 'timestamptz' })
  readonly observedAt: Date;

  @PrimaryColumn({ name: 'agent_id', type: 'uuid' })
  readonly agentId: string;

  @PrimaryColumn({ name: 'boot', type: 'uuid' })
  readonly boot: string;

  /** A bigint arrives as text. */
  @PrimaryColumn({ name: 'sequence', type: 'bigint' })
  readonly sequence: string;

  @Column({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @Column({ name: 'run_id', type: 'uuid', nullable: true })
  readonly runId: string | null;

  @Column({ name: 'check_id', type: 'text' })
  readonly checkId: string;

  @Column({ name: 'target_name', type: 'text' })
  readonly targetName: string;

  @Column({ name: 'target_host', type: 'text' })
  readonly targetHost: string;

  @Column({ name: 'target_port', type: 'integer' })
  readonly targetPort: number;

  @Column({ name: 'outcome', type: 'text' })
  readonly outcome: Outcome;

  @Column({ name: 'failure_phase', type: 'text', nullable: true })
  readonly failurePhase: Phase | null;

  @Column({ name: 'failure_code', type: 'text', nullable: true })
  readonly failureCode: FailureCode | null;

  @Column({ name: 'failure_message', type: 'text', nullable: true })
  readonly failureMessage: string | null;

  @Column({ name: 'reason', type: 'text', nullable: true })
  readonly reason: string | null;

  @Column({ name: 'duration_ms', type: 'real' })
  readonly durationMs: number;

  @Column({ name: 'phases', type: 'jsonb' })
  readonly phases: PhaseTiming[];

  /** The small sections of the evidence, as they came. */
  @Column({ name: 'evidence', type: 'jsonb' })
  readonly evidence: Record<string, unknown>;

  /** Section name to hash, for the sections kept in the evidence table. */
  @Column({ name: 'evidence_hashes', type: 'jsonb' })
  readonly evidenceHashes: Record<string, string>;

  @Column({ name: 'received_at', type: 'timestamptz' })
  readonly receivedAt: Date;
}
