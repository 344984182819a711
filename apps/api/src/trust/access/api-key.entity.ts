import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity({ name: 'api_keys' })
@Unique('api_keys_hash_key', ['keyHash'])
export class ApiKeyEntity {
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'name', type: 'text' })
  readonly name: string;

  /** SHA-256; the key itself is told once and never stored. */
  @Column({ name: 'key_hash', type: 'bytea' })
  readonly keyHash: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  readonly revokedAt: Date | null;
}
