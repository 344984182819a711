import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { RunEntity } from './run.entity.ts';
import type { Withheld } from './run.ts';

/** One server's part of a run. */
@Entity({ name: 'run_servers' })
@ForeignKey(() => RunEntity, ['siteId', 'runId'], ['siteId', 'id'], { name: 'run_servers_run_fkey' })
@ForeignKey('servers', ['siteId', 'serverId'], ['siteId', 'id'], { name: 'run_servers_server_fkey' })
export class RunServerEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'run_id', type: 'uuid' })
  readonly runId: string;

  @PrimaryColumn({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @Column({ name: 'agent_id', type: 'uuid', nullable: true })
  readonly agentId: string | null;

  /** Results asked for, and results that have arrived. */
  @Column({ name: 'expected', type: 'integer' })
  readonly expected: number;

  @Column({ name: 'received', type: 'integer' })
  readonly received: number;

  /**
   * What was asked, by `placeInRun`, each with how many results of it are still awaited; null in runs begun before this
   * was kept.
   */
  @Column({ name: 'asked', type: 'jsonb', nullable: true })
  readonly asked: Record<string, number> | null;

  /** What was not asked, and why. */
  @Column({ name: 'withheld', type: 'jsonb' })
  readonly withheld: Withheld[];

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  readonly finishedAt: Date | null;
}
