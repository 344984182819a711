import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../platform/needs.ts';

@Entity({ name: 'users' })
@Check('users_role_check', "role in ('viewer', 'operator', 'administrator')")
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
}
