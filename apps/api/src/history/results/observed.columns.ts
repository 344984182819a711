import type { FailureCode, Outcome, Phase, PhaseTiming } from '@mailpath/protocol';
import { Column } from 'typeorm';

/** What was observed, the same in the history and in `latest`. */
export abstract class ObservedColumns {
  @Column({ name: 'target_host', type: 'text' })
  readonly targetHost: string;

  @Column({ name: 'target_port', type: 'integer' })
  readonly targetPort: number;

  /** The mailbox or user that a check with credentials was aimed at. */
  @Column({ name: 'target_mailbox', type: 'text', nullable: true })
  readonly targetMailbox: string | null;

  @Column({ name: 'received_at', type: 'timestamptz' })
  readonly receivedAt: Date;

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

  /** What the server's clock said, where the result is stored by another moment. */
  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  readonly startedAt: Date | null;

  /** The content of `evidence` that this observation has in common with others. */
  @Column({ name: 'evidence_hash', type: 'bytea', nullable: true })
  readonly evidenceHash: Buffer | null;

  /** Its own values, as evidence-split.ts packs them. */
  @Column({ name: 'evidence_values', type: 'text', nullable: true })
  readonly evidenceValues: string | null;

  /** This and the next two are of results that were stored before observations were split; null in newer ones. */
  @Column({ name: 'phases', type: 'jsonb', nullable: true })
  readonly phases: PhaseTiming[] | null;

  /** The small sections of the evidence, as they came. */
  @Column({ name: 'evidence', type: 'jsonb', nullable: true })
  readonly evidence: Record<string, unknown> | null;

  /** Section name to hash, for the sections kept in the evidence table. */
  @Column({ name: 'evidence_hashes', type: 'jsonb', nullable: true })
  readonly evidenceHashes: Record<string, string> | null;

  /** For a second look, the result it looks at again. */
  @Column({ name: 'repeats', type: 'uuid', nullable: true })
  readonly repeats: string | null;
}
