import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** How far each start of each agent has been stored: what makes a second delivery harmless. */
@Entity({ name: 'agent_boots' })
@ForeignKey('agents', ['siteId', 'agentId'], ['siteId', 'id'], { name: 'agent_boots_agent_fkey' })
@Index('agent_boots_boot_idx', ['boot'])
export class AgentBootEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'agent_id', type: 'uuid' })
  readonly agentId: string;

  @PrimaryColumn({ name: 'boot', type: 'uuid' })
  readonly boot: string;

  /** The highest sequence that is committed; a bigint arrives as text. */
  @Column({ name: 'acknowledged', type: 'bigint' })
  readonly acknowledged: string;

  /** Results the agent had to give up; a bigint arrives as text. */
  @Column({ name: 'dropped', type: 'bigint' })
  readonly dropped: string;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  readonly firstSeenAt: Date;

  /** When results of it last arrived. */
  @Column({ name: 'seen_at', type: 'timestamptz' })
  readonly seenAt: Date;

  /** How far the server's clock is ahead, in milliseconds, as its results last told. */
  @Column({ name: 'clock_ahead_ms', type: 'double precision', nullable: true })
  readonly clockAheadMs: number | null;
}
