import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which secret key the values of this database are sealed with, so that an instance with another one is noticed: one
 * row.
 */
export class SecretKeyFingerprint1764288000005 implements MigrationInterface {
  readonly name = 'SecretKeyFingerprint1764288000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table secret_key_fingerprint (
      purpose text primary key,
      fingerprint bytea not null,
      noted_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table secret_key_fingerprint`);
  }
}
