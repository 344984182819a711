import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ObservedColumns } from './observed.columns.ts';

/** The newest result of each server, check and target: what the comparison reads. */
@Entity({ name: 'latest' })
export class LatestEntity extends ObservedColumns {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @PrimaryColumn({ name: 'check_id', type: 'text' })
  readonly checkId: string;

  @PrimaryColumn({ name: 'target_name', type: 'text' })
  readonly targetName: string;

  @Column({ name: 'result_id', type: 'uuid' })
  readonly resultId: string;

  @Column({ name: 'observed_at', type: 'timestamptz' })
  readonly observedAt: Date;
}
