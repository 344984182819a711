import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Certificates by which applications of sites prove themselves; their private keys are sealed. */
export class ClientCertificates1766880000035 implements MigrationInterface {
  readonly name = 'ClientCertificates1766880000035';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table client_certificates (
      site_id uuid primary key constraint client_certificates_site_fkey references sites (id),
      certificate text not null,
      sealed bytea not null,
      set_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table client_certificates`);
  }
}
