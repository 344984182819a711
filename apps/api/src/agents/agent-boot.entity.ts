import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AgentEntity } from './agent.entity.ts';

/** How far each start of each agent has been stored: what makes a second delivery harmless. */
@Entity({ name: 'agent_boots' })
@ForeignKey(() => AgentEntity, ['siteId', 'agentId'], ['siteId', 'id'], { name: 'agent_boots_agent_fkey' })
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
}
