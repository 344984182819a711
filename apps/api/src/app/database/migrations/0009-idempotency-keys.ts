import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that create something and were sent with an Idempotency-Key, with their answers, for a day. */
export class IdempotencyKeys1764633600009 implements MigrationInterface {
  readonly name = 'IdempotencyKeys1764633600009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table idempotency_keys (
      place bytea primary key,
      site_id uuid,
      body_hash bytea not null,
      attempt uuid not null,
      sealed_answer bytea,
      created_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table idempotency_keys`);
  }
}
