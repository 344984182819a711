import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An approval is a person's word on one key. What was approved before, by a person or by the rule that whoever enrolled
 * before the first secret needs nobody's word, goes on for the key that the agent has now, and is marked.
 */
export class ApprovedKeys1765324800017 implements MigrationInterface {
  readonly name = 'ApprovedKeys1765324800017';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `alter table agents add column approved_key bytea, add column approved_by text`,
  `update agents set approved_key = public_key, approved_by = 'upgrade' where approved_at is not null`,
  `alter table agents add constraint agents_approval_check check (
     (approved_at is null) = (approved_key is null)
     and (approved_at is null) = (approved_by is null)
     and approved_by in ('person', 'upgrade'))`,
];

// An agent whose key is not the approved one has to wait again, which the earlier version says by having no moment.
const DOWN = [
  `alter table agents drop constraint agents_approval_check`,
  `update agents set approved_at = null where approved_key is distinct from public_key`,
  `alter table agents drop column approved_key, drop column approved_by`,
];
