import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is done once a day, by whichever instance comes to it first. */
@Entity({ name: 'daily_jobs' })
export class DailyJobEntity {
  @PrimaryColumn({ name: 'name', type: 'text' })
  readonly name: string;

  @Column({ name: 'done_at', type: 'timestamptz' })
  readonly doneAt: Date;
}
