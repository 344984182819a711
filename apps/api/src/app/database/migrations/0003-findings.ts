import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was concluded of a site: one row for each cause, and each time that it was open. */
export class Findings1764115200003 implements MigrationInterface {
  readonly name = 'Findings1764115200003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `alter table sites add column expected_issuers text[] not null default '{}'`,
  // As in 0002: what existing rows were given is no rule for new ones.
  `alter table sites alter column expected_issuers drop default`,

  `create table findings (
    site_id uuid not null constraint findings_site_fkey references sites (id),
    id uuid not null,
    key text not null,
    rule text not null,
    severity text not null,
    confidence text not null,
    owner text not null,
    checklist_item text not null,
    finding jsonb not null,
    seen jsonb not null,
    state text not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    opened_at timestamptz,
    closed_at timestamptz,
    openings integer not null,
    primary key (site_id, id),
    constraint findings_key_key unique (site_id, key)
  )`,
  // Closed ones pile up over the years; what is read all the time are the others.
  `create index findings_present_idx on findings (site_id, state) where state <> 'closed'`,
  `create table finding_openings (
    site_id uuid not null,
    finding_id uuid not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    primary key (site_id, finding_id, opened_at),
    constraint finding_openings_finding_fkey foreign key (site_id, finding_id) references findings (site_id, id)
  )`,
];

const DOWN = [`drop table finding_openings, findings`, `alter table sites drop column expected_issuers`];
