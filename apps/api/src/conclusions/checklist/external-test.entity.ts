import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The last run of Microsoft's connectivity test, as a person recorded it. */
@Entity({ name: 'external_tests' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'external_tests_site_fkey' })
export class ExternalTestEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @Column({ name: 'passed', type: 'boolean' })
  readonly passed: boolean;

  @Column({ name: 'tested_at', type: 'timestamptz' })
  readonly testedAt: Date;

  @Column({ name: 'tested_by', type: 'text' })
  readonly by: string;

  @Column({ name: 'note', type: 'text', nullable: true })
  readonly note: string | null;
}
