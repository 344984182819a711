import type { Task } from '@mailpath/protocol';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Use } from './budget.ts';
import type { OrderEnd, OrderState } from './order.ts';
import type { OrderDetail, OrderKind } from './order-handler.ts';

/**
 * What one agent is asked to do once, with or without a credential. Nothing in it opens anything, but for what is
 * sealed.
 */
@Entity({ name: 'orders' })
@Index('orders_waiting_key', ['siteId', 'purpose', 'serverId', 'userName'], {
  unique: true,
  where: `state = 'waiting'`,
})
@Index('orders_open_idx', ['siteId', 'id'], { where: 'ended_at is null' })
@Index('orders_run_idx', ['siteId', 'runId'])
@ForeignKey('runs', ['siteId', 'runId'], ['siteId', 'id'], { name: 'orders_run_fkey' })
@ForeignKey('agents', ['siteId', 'agentId'], ['siteId', 'id'], { name: 'orders_agent_fkey' })
export class OrderEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  /** In the order in which they were asked for (UUIDv7); also the id of the lease. */
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'kind', type: 'text' })
  readonly kind: OrderKind;

  /** What for, such as a regular round: an agent waits once as a user for each. */
  @Column({ name: 'purpose', type: 'text' })
  readonly purpose: string;

  @Column({ name: 'run_id', type: 'uuid' })
  readonly runId: string;

  @Column({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @Column({ name: 'agent_id', type: 'uuid' })
  readonly agentId: string;

  /** Null for what needs no credential. */
  @Column({ name: 'user_name', type: 'text', nullable: true })
  readonly userName: string | null;

  /** What it takes of each mailbox, by address. */
  @Column({ name: 'uses', type: 'jsonb' })
  readonly uses: Record<string, Use>;

  @Column({ name: 'tasks', type: 'jsonb' })
  readonly tasks: Task[];

  /** Which of them have no result yet, by their places in the list. */
  @Column({ name: 'open', type: 'integer', array: true })
  readonly open: number[];

  @Column({ name: 'check_deadline_ms', type: 'integer' })
  readonly checkDeadlineMs: number;

  @Column({ name: 'round_deadline_ms', type: 'integer' })
  readonly roundDeadlineMs: number;

  @Column({ name: 'lasts_ms', type: 'integer' })
  readonly lastsMs: number;

  @Column({ name: 'waits_for_person', type: 'boolean' })
  readonly waitsForPerson: boolean;

  @Column({ name: 'repeatable', type: 'boolean' })
  readonly repeatable: boolean;

  /** What its handler has to know, without anything that opens something. */
  @Column({ name: 'detail', type: 'jsonb' })
  readonly detail: OrderDetail;

  /** What is lent with it, where it is nowhere else: sealed, and gone when the order is over. */
  @Column({ name: 'sealed_grant', type: 'bytea', nullable: true })
  readonly sealedGrant: Buffer | null;

  /** What the agent has handed in, until the result says whose it is: sealed, and gone when the order is over. */
  @Column({ name: 'sealed_tokens', type: 'bytea', nullable: true })
  readonly sealedTokens: Buffer | null;

  @Column({ name: 'state', type: 'text' })
  readonly state: OrderState;

  @Column({ name: 'reason', type: 'text', nullable: true })
  readonly reason: OrderEnd | null;

  @Column({ name: 'asked_at', type: 'timestamptz' })
  readonly askedAt: Date;

  @Column({ name: 'give_up_at', type: 'timestamptz' })
  readonly giveUpAt: Date;

  @Column({ name: 'lent_at', type: 'timestamptz', array: true })
  readonly lentAt: Date[];

  @Column({ name: 'lent_until', type: 'timestamptz', nullable: true })
  readonly lentUntil: Date | null;

  /** The process that gave it, and the agent's connection there. */
  @Column({ name: 'instance', type: 'uuid', nullable: true })
  readonly instance: string | null;

  @Column({ name: 'session', type: 'text', nullable: true })
  readonly session: string | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  readonly endedAt: Date | null;
}
