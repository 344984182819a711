import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../../platform/needs.ts';

/** What a user may do at one site. */
@Entity({ name: 'user_roles' })
export class UserRoleEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  readonly userId: string;

  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @Column({ name: 'role', type: 'text' })
  readonly role: Role;
}
