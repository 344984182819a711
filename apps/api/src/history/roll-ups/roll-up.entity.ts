import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a server's checks came to, hour by hour, in one UTC day: a page of roll-up-page.ts. */
@Entity({ name: 'hour_roll_ups' })
@Index('hour_roll_ups_starts_idx', ['starts'])
export class HourRollUpEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid', primaryKeyConstraintName: 'hour_roll_ups_pkey' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'server_id', type: 'uuid', primaryKeyConstraintName: 'hour_roll_ups_pkey' })
  readonly serverId: string;

  /** When the day begins. */
  @PrimaryColumn({ name: 'starts', type: 'timestamptz', primaryKeyConstraintName: 'hour_roll_ups_pkey' })
  readonly starts: Date;

  @Column({ name: 'body', type: 'bytea' })
  readonly body: Buffer;
}

/** The same day by day, in one month. */
@Entity({ name: 'day_roll_ups' })
@Index('day_roll_ups_starts_idx', ['starts'])
export class DayRollUpEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid', primaryKeyConstraintName: 'day_roll_ups_pkey' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'server_id', type: 'uuid', primaryKeyConstraintName: 'day_roll_ups_pkey' })
  readonly serverId: string;

  /** When the month begins. */
  @PrimaryColumn({ name: 'starts', type: 'timestamptz', primaryKeyConstraintName: 'day_roll_ups_pkey' })
  readonly starts: Date;

  @Column({ name: 'body', type: 'bytea' })
  readonly body: Buffer;
}
