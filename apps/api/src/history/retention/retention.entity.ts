import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How long history is kept, as far as an administrator has set it. There is one row, or none. */
@Entity({ name: 'retention' })
@Check('retention_one_row_check', 'id = 1')
@Check(
  'retention_days_check',
  'results_days between 1 and 3650 and hour_roll_ups_days between 1 and 3650 and day_roll_ups_days between 1 and 3650',
)
export class RetentionEntity {
  @PrimaryColumn({ name: 'id', type: 'smallint' })
  readonly id: number;

  /** Null, like the next two, for what the API was started with. */
  @Column({ name: 'results_days', type: 'smallint', nullable: true })
  readonly resultsDays: number | null;

  @Column({ name: 'hour_roll_ups_days', type: 'smallint', nullable: true })
  readonly hourRollUpsDays: number | null;

  @Column({ name: 'day_roll_ups_days', type: 'smallint', nullable: true })
  readonly dayRollUpsDays: number | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  readonly updatedAt: Date;
}
