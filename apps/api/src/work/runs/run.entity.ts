import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RunKind } from './run.ts';

@Entity({ name: 'runs' })
@Index('runs_asked_key', ['siteId', 'askedKey'], { unique: true, where: 'asked_key is not null' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'runs_site_fkey' })
export class RunEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'kind', type: 'text' })
  readonly kind: RunKind;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  readonly requestedAt: Date;

  @Column({ name: 'deadline_at', type: 'timestamptz' })
  readonly deadlineAt: Date;

  /**
   * SHA-256 of what was asked, while whoever asks the same joins it; null from when it is found not to wait any more.
   */
  @Column({ name: 'asked_key', type: 'bytea', nullable: true })
  readonly askedKey: Buffer | null;
}
