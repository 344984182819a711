import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ObservedColumns } from './observed.columns.ts';

/** One result, never edited. Partitioned by the week in which it was observed, so the time is part of the key. */
@Entity({ name: 'results' })
@Index('results_id_idx', ['siteId', 'id'])
@Index('results_newest_idx', ['siteId', 'observedAt', 'id'])
@Index('results_series_idx', ['siteId', 'serverId', 'checkId', 'targetName', 'observedAt'])
@Index('results_run_idx', ['siteId', 'runId'], { where: 'run_id is not null' })
export class ResultEntity extends ObservedColumns {
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
}
