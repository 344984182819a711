import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sign-in by OpenID Connect that a browser has begun, until it comes back, once. */
@Entity({ name: 'openid_starts' })
@Index('openid_starts_expires_idx', ['expiresAt'])
export class OpenIdStartEntity {
  /** SHA-256 of the state. */
  @PrimaryColumn({ name: 'state_hash', type: 'bytea' })
  readonly stateHash: Buffer;

  /** SHA-256 of the secret in the browser's cookie. */
  @Column({ name: 'browser_hash', type: 'bytea' })
  readonly browserHash: Buffer;

  /** The page that was asked for. */
  @Column({ name: 'return_path', type: 'text' })
  readonly returnPath: string;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
