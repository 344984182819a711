import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AuditActor, AuditOutcome } from './audit-entry.ts';

/** One thing that was done, or refused. */
@Entity({ name: 'audit_log' })
@Check('audit_log_actor_check', "actor_kind in ('user', 'api-key', 'agent', 'anyone')")
@Check('audit_log_outcome_check', "outcome in ('done', 'refused')")
@Index('audit_log_site_idx', ['siteId', 'id'])
export class AuditEntryEntity {
  /** Version 7: in the order of time. */
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'at', type: 'timestamptz' })
  readonly at: Date;

  @Column({ name: 'actor_kind', type: 'text' })
  readonly actorKind: AuditActor;

  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  readonly actorId: string | null;

  /** As it was called then. */
  @Column({ name: 'actor_name', type: 'text', nullable: true })
  readonly actorName: string | null;

  @Column({ name: 'address', type: 'text', nullable: true })
  readonly address: string | null;

  @Column({ name: 'action', type: 'text' })
  readonly action: string;

  @Column({ name: 'outcome', type: 'text' })
  readonly outcome: AuditOutcome;

  @Column({ name: 'status', type: 'smallint', nullable: true })
  readonly status: number | null;

  @Column({ name: 'about_site', type: 'uuid', nullable: true })
  readonly siteId: string | null;

  /** Ids by what they are of; never what a body holds. */
  @Column({ name: 'subject', type: 'jsonb' })
  readonly subject: Record<string, string>;
}
