import type { Role } from '@mailpath/protocol';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

@Entity({ name: 'site_enrolment_codes' })
@Unique('site_enrolment_codes_hash_key', ['codeHash'])
@Check('site_enrolment_codes_used_check', 'used between 0 and servers')
@ForeignKey('sites', ['siteId'], ['id'], { name: 'site_enrolment_codes_site_fkey' })
export class SiteCodeEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  /** SHA-256; the code itself is told once and never stored. */
  @Column({ name: 'code_hash', type: 'bytea' })
  readonly codeHash: Buffer;

  /** What a server that it brings in may be for. */
  @Column({ name: 'roles', type: 'text', array: true })
  readonly roles: Role[];

  /** From where it may be redeemed; empty for anywhere. */
  @Column({ name: 'networks', type: 'text', array: true })
  readonly networks: string[];

  @Column({ name: 'servers', type: 'integer' })
  readonly servers: number;

  @Column({ name: 'used', type: 'integer' })
  readonly used: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
