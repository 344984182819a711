import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { RunKind } from './run.ts';

@Entity({ name: 'runs' })
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
}
