import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../../platform/needs.ts';

/** What a user may do at one site. */
@Entity({ name: 'user_roles' })
@Check('user_roles_role_check', "role in ('viewer', 'operator', 'administrator')")
@ForeignKey('users', ['userId'], ['id'], { name: 'user_roles_user_fkey', onDelete: 'CASCADE' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'user_roles_site_fkey', onDelete: 'CASCADE' })
@Index('user_roles_site_idx', ['siteId'])
export class UserRoleEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  readonly userId: string;

  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @Column({ name: 'role', type: 'text' })
  readonly role: Role;
}
