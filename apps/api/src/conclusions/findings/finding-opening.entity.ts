import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { FindingEntity } from './finding.entity.ts';

/** One time that a finding was open. */
@Entity({ name: 'finding_openings' })
@ForeignKey(() => FindingEntity, ['siteId', 'findingId'], ['siteId', 'id'], {
  name: 'finding_openings_finding_fkey',
})
export class FindingOpeningEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'finding_id', type: 'uuid' })
  readonly findingId: string;

  @PrimaryColumn({ name: 'opened_at', type: 'timestamptz' })
  readonly openedAt: Date;

  /** Null while it is open. */
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  readonly closedAt: Date | null;
}
