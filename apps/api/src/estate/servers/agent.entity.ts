import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { AgentLine } from './agent-line.ts';
import type { ApprovedBy } from './approval.ts';
import type { Machine } from '../connections/machine.ts';
import { ServerEntity } from './server.entity.ts';

/** An agent names itself by its id alone when it joins, so the id is unique by itself too. */
@Entity({ name: 'agents' })
@Unique('agents_id_key', ['id'])
@Index('agents_one_per_server_key', ['siteId', 'serverId'], { unique: true, where: 'revoked_at is null' })
@Check(
  'agents_approval_check',
  `(approved_at is null) = (approved_key is null) and (approved_at is null) = (approved_by is null)
   and approved_by in ('person', 'upgrade')`,
)
@Check(
  'agents_quarantine_check',
  `(quarantined_at is null) = (quarantined_machines is null)
   and (original_boot is null or quarantined_at is not null)`,
)
@ForeignKey(() => ServerEntity, ['siteId', 'serverId'], ['siteId', 'id'], { name: 'agents_server_fkey' })
export class AgentEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  /** Raw Ed25519, 32 bytes. */
  @Column({ name: 'public_key', type: 'bytea' })
  readonly publicKey: Buffer;

  @Column({ name: 'version', type: 'text' })
  readonly version: string;

  @Column({ name: 'host_name', type: 'text' })
  readonly hostName: string;

  @Column({ name: 'platform', type: 'text' })
  readonly platform: string;

  @Column({ name: 'node_version', type: 'text' })
  readonly nodeVersion: string;

  @Column({ name: 'enrolled_at', type: 'timestamptz' })
  readonly enrolledAt: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz', nullable: true })
  readonly lastSeenAt: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  readonly revokedAt: Date | null;

  /** Since when it may be lent the site's secrets; null while nobody has confirmed its key. */
  @Column({ name: 'approved_at', type: 'timestamptz', nullable: true })
  readonly approvedAt: Date | null;

  /** The key that was confirmed. With another one it is lent nothing. */
  @Column({ name: 'approved_key', type: 'bytea', nullable: true })
  readonly approvedKey: Buffer | null;

  @Column({ name: 'approved_by', type: 'text', nullable: true })
  readonly approvedBy: ApprovedBy | null;

  /**
   * How far its machine's clock is ahead of ours (negative: behind), by its last frames; null while it has not said.
   */
  @Column({ name: 'clock_ahead_seconds', type: 'integer', nullable: true })
  readonly clockAheadSeconds: number | null;

  /** Whether its machine's administrator lets the API upgrade it; null while it has not said. */
  @Column({ name: 'may_upgrade', type: 'boolean', nullable: true })
  readonly mayUpgrade: boolean | null;

  /** Since when two machines are known to have its key; null for all others. */
  @Column({ name: 'quarantined_at', type: 'timestamptz', nullable: true })
  readonly quarantinedAt: Date | null;

  @Column({ name: 'quarantined_machines', type: 'jsonb', nullable: true })
  readonly quarantinedMachines: Machine[] | null;

  /** Of those machines, the process that an administrator says is the original: it alone joins, and gets a new key. */
  @Column({ name: 'original_boot', type: 'uuid', nullable: true })
  readonly originalBoot: string | null;

  /** The key that takes the place of the other with the first join that it signs. */
  @Column({ name: 'next_key', type: 'bytea', nullable: true })
  readonly nextKey: Buffer | null;

  /** Since when it is asked for a new key; null once it has one. */
  @Column({ name: 'rotation_asked_at', type: 'timestamptz', nullable: true })
  readonly rotationAskedAt: Date | null;

  /** Why it reports by HTTPS; null while it joins by its socket. */
  @Column({ name: 'line', type: 'jsonb', nullable: true })
  readonly line: AgentLine | null;
}
