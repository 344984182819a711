import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/**
 * An access token of the application itself, for one mailbox. What belongs to another tenant or application is not
 * found any more.
 */
@Entity({ name: 'application_tokens' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'application_tokens_site_fkey' })
export class ApplicationTokenEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'tenant', type: 'text' })
  readonly tenant: string;

  @PrimaryColumn({ name: 'client_id', type: 'text' })
  readonly clientId: string;

  @PrimaryColumn({ name: 'mailbox', type: 'text' })
  readonly mailbox: string;

  /** Sealed. */
  @Column({ name: 'token', type: 'bytea' })
  readonly token: Buffer;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
