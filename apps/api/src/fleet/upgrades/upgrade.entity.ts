import type { BundleManifest } from '@mailpath/protocol';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { UpgradeHours } from './upgrade-hours.ts';
import type { UpgradeState } from './upgrade.ts';

@Entity({ name: 'upgrades' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'upgrades_site_fkey' })
@Index('upgrades_one_running_key', ['siteId'], { unique: true, where: `state = 'running'` })
@Check(
  'upgrades_state_check',
  `state in ('running', 'done', 'stopped', 'halted') and (ended_at is null) = (state = 'running')`,
)
export class UpgradeEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'version', type: 'text' })
  readonly version: string;

  /** Of the bundle, hexadecimal. */
  @Column({ name: 'sha256', type: 'text' })
  readonly sha256: string;

  /** Where agents fetch the bundle, below the address of the API. */
  @Column({ name: 'path', type: 'text' })
  readonly path: string;

  @Column({ name: 'manifest', type: 'jsonb' })
  readonly manifest: BundleManifest;

  /** When servers may be offered it; null for always. */
  @Column({ name: 'hours', type: 'jsonb', nullable: true })
  readonly hours: UpgradeHours | null;

  @Column({ name: 'state', type: 'text' })
  readonly state: UpgradeState;

  @Column({ name: 'reason', type: 'text', nullable: true })
  readonly reason: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  readonly endedAt: Date | null;
}
