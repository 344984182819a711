import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** What the checks of a site came to at a moment, kept until somebody deletes it. */
@Entity({ name: 'baselines' })
@Unique('baselines_name_key', ['siteId', 'name'])
@ForeignKey('sites', ['siteId'], ['id'], { name: 'baselines_site_fkey' })
export class BaselineEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid', primaryKeyConstraintName: 'baselines_pkey' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'baselines_pkey' })
  readonly id: string;

  @Column({ name: 'name', type: 'text' })
  readonly name: string;

  /** The moment that it shows. */
  @Column({ name: 'at', type: 'timestamptz' })
  readonly at: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  readonly createdBy: string;

  @Column({ name: 'results', type: 'integer' })
  readonly results: number;

  /** JSON of the newest results, Brotli. */
  @Column({ name: 'body', type: 'bytea' })
  readonly body: Buffer;
}
