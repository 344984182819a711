import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A link with which a user signs in once. */
@Entity({ name: 'sign_in_links' })
@ForeignKey('users', ['userId'], ['id'], { name: 'sign_in_links_user_fkey', onDelete: 'CASCADE' })
@Index('sign_in_links_user_idx', ['userId'])
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
