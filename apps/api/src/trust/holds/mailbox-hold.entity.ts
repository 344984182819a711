import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A mailbox, or a user who obtains tokens, that is left alone until the other end wants to hear of it again. */
@Entity({ name: 'mailbox_holds' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'mailbox_holds_site_fkey' })
export class MailboxHoldEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'mailbox', type: 'text' })
  readonly mailbox: string;

  @Column({ name: 'until', type: 'timestamptz' })
  readonly until: Date;

  @Column({ name: 'reason', type: 'text' })
  readonly reason: string;
}
