import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A retired mailbox keeps its history, and its name and address become free. */
@Entity({ name: 'mailboxes' })
@Index('mailboxes_name_key', ['siteId', 'name'], { unique: true, where: 'retired_at is null' })
@Index('mailboxes_address_key', ['siteId', 'address'], { unique: true, where: 'retired_at is null' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'mailboxes_site_fkey' })
export class MailboxEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'name', type: 'text' })
  readonly name: string;

  @Column({ name: 'address', type: 'text' })
  readonly address: string;

  @Column({ name: 'user_name', type: 'text' })
  readonly userName: string;

  @Column({ name: 'licence', type: 'text', nullable: true })
  readonly licence: string | null;

  @Column({ name: 'imap_enabled', type: 'boolean', nullable: true })
  readonly imapEnabled: boolean | null;

  @Column({ name: 'pop_enabled', type: 'boolean', nullable: true })
  readonly popEnabled: boolean | null;

  @Column({ name: 'smtp_auth_enabled', type: 'boolean', nullable: true })
  readonly smtpAuthEnabled: boolean | null;

  @Column({ name: 'round_trip', type: 'boolean' })
  readonly roundTrip: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true })
  readonly retiredAt: Date | null;
}
