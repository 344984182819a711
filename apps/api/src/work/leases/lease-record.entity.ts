import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Lent } from '../../trust/lending/lent.ts';

/** That something was lent: never what. */
@Entity({ name: 'lease_records' })
@Index('lease_records_by_agent', ['siteId', 'agentId', 'userName', 'lentAt'])
@ForeignKey('sites', ['siteId'], ['id'], { name: 'lease_records_site_fkey' })
export class LeaseRecordEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid', primaryKeyConstraintName: 'lease_records_pkey' })
  readonly siteId: string;

  /** UUIDv7, so that the newest is the greatest. */
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'lease_records_pkey' })
  readonly id: string;

  @Column({ name: 'order_id', type: 'uuid' })
  readonly orderId: string;

  @Column({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @Column({ name: 'agent_id', type: 'uuid' })
  readonly agentId: string;

  @Column({ name: 'user_name', type: 'text' })
  readonly userName: string;

  @Column({ name: 'lent', type: 'text', array: true })
  readonly lent: Lent[];

  @Column({ name: 'lent_at', type: 'timestamptz' })
  readonly lentAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
