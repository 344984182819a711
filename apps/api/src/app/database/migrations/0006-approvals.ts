import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may be lent a site's secrets, and what keeps a sign-in to the browser and the user that it was meant for: the
 * confirmation of an agent's key, the moment from which a site has secrets, a refresh token that has yet to prove
 * itself, and the browser that opened a sign-in.
 */
export class Approvals1764374400006 implements MigrationInterface {
  readonly name = 'Approvals1764374400006';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `alter table agents add column approved_at timestamptz`,
  // They have been lent the secrets already: asking now would protect nothing, and stop every mailbox check.
  `update agents set approved_at = now() where revoked_at is null`,

  `alter table sites add column secrets_since timestamptz`,
  `update sites set secrets_since = least(
     (select set_at from client_secrets where site_id = sites.id),
     (select min(obtained_at) from credentials where site_id = sites.id))`,

  `alter table credentials
    add column refresh_token_at timestamptz,
    add column candidate_refresh_token bytea,
    add column candidate_by uuid`,
  `update credentials set refresh_token_at = coalesce(refreshed_at, obtained_at) where refresh_token is not null`,

  `alter table sign_ins
    add column start_hash bytea constraint sign_ins_start_key unique,
    add column browser_hash bytea`,
];

const DOWN = [
  `alter table sign_ins drop column start_hash, drop column browser_hash`,
  `alter table credentials
    drop column refresh_token_at,
    drop column candidate_refresh_token,
    drop column candidate_by`,
  `alter table sites drop column secrets_since`,
  `alter table agents drop column approved_at`,
];
