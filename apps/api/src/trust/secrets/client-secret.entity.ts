import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity({ name: 'client_secrets' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'client_secrets_site_fkey' })
export class ClientSecretEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @Column({ name: 'sealed', type: 'bytea' })
  readonly sealed: Buffer;

  @Column({ name: 'set_at', type: 'timestamptz' })
  readonly setAt: Date;

  /** The day after which Entra refuses it, as its own page says. */
  @Column({ name: 'expires_on', type: 'date', nullable: true })
  readonly expiresOn: string | null;
}
