import type { TokenClaims } from '@mailpath/protocol';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What one user's sign-in left behind; the tokens are sealed. */
@Entity({ name: 'credentials' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'credentials_site_fkey' })
export class CredentialEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'user_name', type: 'text' })
  readonly userName: string;

  @Column({ name: 'refresh_token', type: 'bytea', nullable: true })
  readonly refreshToken: Buffer | null;

  /** Since when that one is taken for good. */
  @Column({ name: 'refresh_token_at', type: 'timestamptz', nullable: true })
  readonly refreshTokenAt: Date | null;

  /**
   * One that was handed in since, and has yet to be used with success: it is lent first, and dropped when it is
   * refused.
   */
  @Column({ name: 'candidate_refresh_token', type: 'bytea', nullable: true })
  readonly candidateRefreshToken: Buffer | null;

  /** The server that handed it in. */
  @Column({ name: 'candidate_by', type: 'uuid', nullable: true })
  readonly candidateBy: string | null;

  @Column({ name: 'access_token', type: 'bytea' })
  readonly accessToken: Buffer;

  @Column({ name: 'access_token_expires_at', type: 'timestamptz' })
  readonly accessTokenExpiresAt: Date;

  /** What the newest token says of itself. */
  @Column({ name: 'claims', type: 'jsonb', nullable: true })
  readonly claims: TokenClaims | null;

  @Column({ name: 'obtained_at', type: 'timestamptz' })
  readonly obtainedAt: Date;

  /** The application server at which the sign-in was redeemed. */
  @Column({ name: 'obtained_by', type: 'uuid' })
  readonly obtainedBy: string;

  @Column({ name: 'refreshed_at', type: 'timestamptz', nullable: true })
  readonly refreshedAt: Date | null;

  /** The services server that refreshed it last. */
  @Column({ name: 'refreshed_by', type: 'uuid', nullable: true })
  readonly refreshedBy: string | null;
}
