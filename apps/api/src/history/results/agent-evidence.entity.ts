import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** How much evidence an agent has had stored in the hour that goes on, and what of it was left out. */
@Entity({ name: 'agent_evidence' })
@ForeignKey('agents', ['siteId', 'agentId'], ['siteId', 'id'], { name: 'agent_evidence_agent_fkey' })
export class AgentEvidenceEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'agent_id', type: 'uuid' })
  readonly agentId: string;

  /** When that hour began. */
  @Column({ name: 'hour', type: 'timestamptz' })
  readonly hour: Date;

  /** Stored in that hour; a bigint arrives as text. */
  @Column({ name: 'bytes', type: 'bigint' })
  readonly bytes: string;

  /** Results that lost their evidence, in all; a bigint arrives as text. */
  @Column({ name: 'left_out', type: 'bigint' })
  readonly leftOut: string;
}
