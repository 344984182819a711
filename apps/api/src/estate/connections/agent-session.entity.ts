import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Machine } from './machine.ts';

/** The connection of an agent: one over all instances of the API. */
@Entity({ name: 'agent_sessions' })
@ForeignKey('agents', ['siteId', 'agentId'], ['siteId', 'id'], { name: 'agent_sessions_agent_fkey' })
export class AgentSessionEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'agent_id', type: 'uuid' })
  readonly agentId: string;

  /** Of the process that holds the socket. */
  @Column({ name: 'instance', type: 'uuid' })
  readonly instance: string;

  /** What tells this connection from an earlier or a later one. */
  @Column({ name: 'session', type: 'text' })
  readonly session: string;

  /** That it joined with. */
  @Column({ name: 'protocol', type: 'integer' })
  readonly protocol: number;

  @Column({ name: 'connected_at', type: 'timestamptz' })
  readonly connectedAt: Date;

  /** When that process last said that it is there. */
  @Column({ name: 'seen_at', type: 'timestamptz' })
  readonly seenAt: Date;

  /** What joined. */
  @Column({ name: 'machine', type: 'jsonb', nullable: true })
  readonly machine: Machine | null;

  /** The connection that wants the place of this one, and waits to hear whether it is alive. */
  @Column({ name: 'asked_by', type: 'text', nullable: true })
  readonly askedBy: string | null;

  /** The one that was told that it is. */
  @Column({ name: 'answered_to', type: 'text', nullable: true })
  readonly answeredTo: string | null;
}
