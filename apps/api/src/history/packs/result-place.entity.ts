import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a packed result lies whose id does not tell: its moment is not the one at which the result was observed. */
@Entity({ name: 'result_places' })
@Index('result_places_hour_idx', ['hour'])
export class ResultPlaceEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid', primaryKeyConstraintName: 'result_places_pkey' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'result_places_pkey' })
  readonly id: string;

  @Column({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  @Column({ name: 'hour', type: 'timestamptz' })
  readonly hour: Date;
}
