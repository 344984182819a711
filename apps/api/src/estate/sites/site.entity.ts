import type { Cloud, InboundProtocol } from '@mailpath/protocol';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AccountKind, ExtraTarget, SiteGrant, TargetOverrides } from './site.ts';

@Entity({ name: 'sites' })
// Over lower(name), which no decorator can say.
@Index('sites_name_key', { synchronize: false })
export class SiteEntity {
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'name', type: 'text' })
  readonly name: string;

  @Column({ name: 'version', type: 'text', nullable: true })
  readonly version: string | null;

  @Column({ name: 'es_level', type: 'text', nullable: true })
  readonly esLevel: string | null;

  @Column({ name: 'external_url', type: 'text', nullable: true })
  readonly externalUrl: string | null;

  @Column({ name: 'cloud', type: 'text' })
  readonly cloud: Cloud;

  @Column({ name: 'tenant', type: 'text', nullable: true })
  readonly tenant: string | null;

  @Column({ name: 'client_id', type: 'text', nullable: true })
  readonly clientId: string | null;

  @Column({ name: 'inbound_protocol', type: 'text' })
  readonly inboundProtocol: InboundProtocol;

  @Column({ name: 'account_kind', type: 'text', nullable: true })
  readonly accountKind: AccountKind | null;

  @Column({ name: 'redirect_uri', type: 'text', nullable: true })
  readonly redirectUri: string | null;

  @Column({ name: 'admin_console_url', type: 'text', nullable: true })
  readonly adminConsoleUrl: string | null;

  @Column({ name: 'mail_grant', type: 'text' })
  readonly grant: SiteGrant;

  @Column({ name: 'mailbox_every_seconds', type: 'integer', nullable: true })
  readonly mailboxEverySeconds: number | null;

  @Column({ name: 'expected_issuers', type: 'text', array: true })
  readonly expectedIssuers: string[];

  @Column({ name: 'target_overrides', type: 'jsonb' })
  readonly targets: TargetOverrides;

  @Column({ name: 'extra_targets', type: 'jsonb' })
  readonly extraTargets: ExtraTarget[];

  @Column({ name: 'every_seconds', type: 'integer' })
  readonly everySeconds: number;

  /** When it was first given a secret, which may be forgotten since; whoever enrols later has to be confirmed. */
  @Column({ name: 'secrets_since', type: 'timestamptz', nullable: true })
  readonly secretsSince: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  readonly updatedAt: Date;
}
