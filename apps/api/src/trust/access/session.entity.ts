import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A browser that has signed in, with a password, a link or an API key. */
@Entity({ name: 'sessions' })
export class SessionEntity {
  /** SHA-256 of what the cookie holds. */
  @PrimaryColumn({ name: 'token_hash', type: 'bytea' })
  readonly tokenHash: Buffer;

  /** Either this or `apiKeyId`. */
  @Column({ name: 'user_id', type: 'uuid', nullable: true })
  readonly userId: string | null;

  @Column({ name: 'api_key_id', type: 'uuid', nullable: true })
  readonly apiKeyId: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
