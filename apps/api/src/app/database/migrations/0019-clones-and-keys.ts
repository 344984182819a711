import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An agent whose key two machines have is quarantined: until somebody says which of them is the original, or gives the
 * server a new enrolment code, neither joins. And an agent may put a new key in the place of the one that it has.
 */
export class ClonesAndKeys1765497600019 implements MigrationInterface {
  readonly name = 'ClonesAndKeys1765497600019';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `alter table agents
     add column quarantined_at timestamptz,
     add column quarantined_machines jsonb,
     add column original_boot uuid,
     add column next_key bytea,
     add column rotation_asked_at timestamptz,
     add constraint agents_quarantine_check check (
       (quarantined_at is null) = (quarantined_machines is null)
       and (original_boot is null or quarantined_at is not null))`,
  // What stands is asked by whichever instance holds it, and answers here.
  `alter table agent_sessions
     add column machine jsonb,
     add column asked_by text,
     add column answered_to text`,
];

// An earlier version knows no quarantine, and would let both machines in: their agent has to be enrolled anew.
const DOWN = [
  `update agents set revoked_at = now() where quarantined_at is not null and revoked_at is null`,
  `alter table agents drop constraint agents_quarantine_check,
     drop column quarantined_at, drop column quarantined_machines, drop column original_boot,
     drop column next_key, drop column rotation_asked_at`,
  `alter table agent_sessions drop column machine, drop column asked_by, drop column answered_to`,
];
