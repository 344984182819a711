import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** When the mailboxes of a site are due next: whichever instance moves the moment on starts the round. */
@Entity({ name: 'mail_rounds' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'mail_rounds_site_fkey' })
export class MailRoundEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @Column({ name: 'due_at', type: 'timestamptz' })
  readonly dueAt: Date;
}
