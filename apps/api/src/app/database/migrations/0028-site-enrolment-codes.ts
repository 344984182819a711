import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes by which several servers of a site join, each under its host name. */
export class SiteEnrolmentCodes1766275200028 implements MigrationInterface {
  readonly name = 'SiteEnrolmentCodes1766275200028';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table site_enrolment_codes (
      site_id uuid not null,
      id uuid not null,
      code_hash bytea not null,
      roles text[] not null,
      networks text[] not null,
      servers integer not null,
      used integer not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      constraint site_enrolment_codes_pkey primary key (site_id, id),
      constraint site_enrolment_codes_hash_key unique (code_hash),
      constraint site_enrolment_codes_site_fkey foreign key (site_id) references sites (id),
      constraint site_enrolment_codes_used_check check (used between 0 and servers)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table site_enrolment_codes`);
  }
}
