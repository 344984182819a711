import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../../platform/needs.ts';

@Entity({ name: 'api_keys' })
@Check('api_keys_role_check', "role in ('viewer', 'operator', 'administrator')")
@ForeignKey('sites', ['siteId'], ['id'], { name: 'api_keys_site_fkey', onDelete: 'CASCADE' })
@Index('api_keys_site_idx', ['siteId'], { where: 'site_id is not null' })
@Unique('api_keys_hash_key', ['keyHash'])
export class ApiKeyEntity {
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'name', type: 'text' })
  readonly name: string;

  /** SHA-256; the key itself is told once and never stored. */
  @Column({ name: 'key_hash', type: 'bytea' })
  readonly keyHash: Buffer;

  @Column({ name: 'role', type: 'text' })
  readonly role: Role;

  /** The one site at which it may do that; null for all of them, and for what belongs to none. */
  @Column({ name: 'site_id', type: 'uuid', nullable: true })
  readonly siteId: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  readonly expiresAt: Date | null;

  /** To the minute. */
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  readonly lastUsedAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  readonly revokedAt: Date | null;
}
