import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A credential that was refused from a server, and until when that server does not present it again. */
@Entity({ name: 'credential_holds' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'credential_holds_site_fkey' })
export class CredentialHoldEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'user_name', type: 'text' })
  readonly userName: string;

  @PrimaryColumn({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @Column({ name: 'until', type: 'timestamptz' })
  readonly until: Date;

  @Column({ name: 'reason', type: 'text' })
  readonly reason: string;
}
