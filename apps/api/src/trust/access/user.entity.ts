import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../platform/needs.ts';

@Entity({ name: 'users' })
@Check('users_role_check', "role in ('viewer', 'operator', 'administrator')")
// Who signs in at a provider has no password here, not even by mistake.
@Check(
  'users_openid_check',
  'num_nonnulls(openid_issuer, openid_subject) in (0, 2) and (openid_subject is null or password_hash is null)',
)
@Index('users_openid_key', ['openIdIssuer', 'openIdSubject'], { unique: true, where: 'ended_at is null' })
// Over lower(name), which no decorator can say.
@Index('users_name_key', { synchronize: false })
export class UserEntity {
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  /** As it was written; unlike those of all others who are not gone, upper and lower case being the same. */
  @Column({ name: 'name', type: 'text' })
  readonly name: string;

  /** Argon2id in the PHC string format; null while the user signs in by links alone. */
  @Column({ name: 'password_hash', type: 'text', nullable: true })
  readonly passwordHash: string | null;

  /** At every site, and in what belongs to none. */
  @Column({ name: 'role', type: 'text', nullable: true })
  readonly role: Role | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  readonly endedAt: Date | null;

  /** Who the user is for the provider, where the sign-in is by OpenID Connect: `iss` and `sub` of its ID tokens. */
  @Column({ name: 'openid_issuer', type: 'text', nullable: true })
  readonly openIdIssuer: string | null;

  @Column({ name: 'openid_subject', type: 'text', nullable: true })
  readonly openIdSubject: string | null;
}
