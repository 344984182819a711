import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A link with which a user signs in once. */
@Entity({ name: 'sign_in_links' })
export class SignInLinkEntity {
  /** SHA-256 of what the link holds. */
  @PrimaryColumn({ name: 'token_hash', type: 'bytea' })
  readonly tokenHash: Buffer;

  @Column({ name: 'user_id', type: 'uuid' })
  readonly userId: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
