import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A browser that has signed in, with a password, a link or an API key. */
@Entity({ name: 'sessions' })
@Check('sessions_owner_check', 'num_nonnulls(user_id, api_key_id) = 1')
@ForeignKey('users', ['userId'], ['id'], { name: 'sessions_user_fkey', onDelete: 'CASCADE' })
@ForeignKey('api_keys', ['apiKeyId'], ['id'], { name: 'sessions_api_key_fkey', onDelete: 'CASCADE' })
@Index('sessions_user_idx', ['userId'])
@Index('sessions_api_key_idx', ['apiKeyId'])
export class SessionEntity {
  /** SHA-256 of what the cookie holds. */
  @PrimaryColumn({ name: 'token_hash', type: 'bytea' })
  readonly tokenHash: Buffer;

  /** Either this or `apiKeyId`. */
  @Column({ name: 'user_id', type: 'uuid', nullable: true })
  readonly userId: string | null;

  @Column({ name: 'api_key_id', type: 'uuid', nullable: true })
  readonly apiKeyId: string | null;

  /** What the browser says that it is; null, like the system, where it does not say. */
  @Column({ name: 'browser', type: 'text', nullable: true })
  readonly browser: string | null;

  @Column({ name: 'system', type: 'text', nullable: true })
  readonly system: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
