import type { Role } from '@mailpath/protocol';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A retired server keeps its history, and its name becomes free. */
@Entity({ name: 'servers' })
// Over lower(name), which no decorator can say: hosts have one name, however it is written.
@Index('servers_name_key', { synchronize: false })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'servers_site_fkey' })
export class ServerEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'name', type: 'text' })
  readonly name: string;

  @Column({ name: 'roles', type: 'text', array: true })
  readonly roles: Role[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true })
  readonly retiredAt: Date | null;
}
