import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ServerUpgradeState } from './upgrade.ts';

@Entity({ name: 'upgrade_servers' })
@ForeignKey('upgrades', ['siteId', 'upgradeId'], ['siteId', 'id'], { name: 'upgrade_servers_upgrade_fkey' })
@ForeignKey('servers', ['siteId', 'serverId'], ['siteId', 'id'], { name: 'upgrade_servers_server_fkey' })
@Index('upgrade_servers_server_idx', ['siteId', 'serverId'])
export class UpgradeServerEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'upgrade_id', type: 'uuid' })
  readonly upgradeId: string;

  @PrimaryColumn({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  /** Servers of one place are upgraded together, and only when all before them have kept it. */
  @Column({ name: 'place', type: 'integer' })
  readonly place: number;

  @Column({ name: 'state', type: 'text' })
  readonly state: ServerUpgradeState;

  @Column({ name: 'reason', type: 'text', nullable: true })
  readonly reason: string | null;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  readonly changedAt: Date;
}
