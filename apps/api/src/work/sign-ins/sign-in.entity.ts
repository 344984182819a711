import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { SignInFlow, StoredState } from './sign-in.ts';

@Entity({ name: 'sign_ins' })
@Unique('sign_ins_state_key', ['stateHash'])
@Unique('sign_ins_start_key', ['startHash'])
@ForeignKey('servers', ['siteId', 'serverId'], ['siteId', 'id'], { name: 'sign_ins_server_fkey' })
export class SignInEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'user_name', type: 'text' })
  readonly userName: string;

  @Column({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @Column({ name: 'flow', type: 'text' })
  readonly flow: SignInFlow;

  @Column({ name: 'redirect_uri', type: 'text', nullable: true })
  readonly redirectUri: string | null;

  /** SHA-256; the state itself is known to the browser alone. */
  @Column({ name: 'state_hash', type: 'bytea', nullable: true })
  readonly stateHash: Buffer | null;

  /** SHA-256 of the ticket in the address of the start page; null where the address of Entra itself was given out. */
  @Column({ name: 'start_hash', type: 'bytea', nullable: true })
  readonly startHash: Buffer | null;

  /** SHA-256 of the cookie of the browser that started it, and alone may complete it. */
  @Column({ name: 'browser_hash', type: 'bytea', nullable: true })
  readonly browserHash: Buffer | null;

  /** Sealed (RFC 7636, section 4.1). */
  @Column({ name: 'code_verifier', type: 'bytea', nullable: true })
  readonly codeVerifier: Buffer | null;

  @Column({ name: 'state', type: 'text' })
  readonly state: StoredState;

  @Column({ name: 'user_code', type: 'text', nullable: true })
  readonly userCode: string | null;

  @Column({ name: 'verification_uri', type: 'text', nullable: true })
  readonly verificationUri: string | null;

  @Column({ name: 'failure', type: 'text', nullable: true })
  readonly failure: string | null;

  /** The number of the AADSTS error, where there was one. */
  @Column({ name: 'aadsts', type: 'integer', nullable: true })
  readonly aadsts: number | null;

  @Column({ name: 'run_id', type: 'uuid', nullable: true })
  readonly runId: string | null;

  @Column({ name: 'result_id', type: 'uuid', nullable: true })
  readonly resultId: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  /** Until when the state that it is in may last. */
  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;
}
