import type { Confidence, Finding, Owner, Severity } from '@mailpath/protocol';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { FindingState, SeenResult } from './finding.query.ts';

/** One cause at one site, from the first time it was seen on; it opens and closes, and the row stays. */
@Entity({ name: 'findings' })
@Unique('findings_key_key', ['siteId', 'key'])
@Index('findings_present_idx', ['siteId', 'state'], { where: `state <> 'closed'` })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'findings_site_fkey' })
export class FindingEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'key', type: 'text' })
  readonly key: string;

  @Column({ name: 'rule', type: 'text' })
  readonly rule: string;

  @Column({ name: 'severity', type: 'text' })
  readonly severity: Severity;

  @Column({ name: 'confidence', type: 'text' })
  readonly confidence: Confidence;

  @Column({ name: 'owner', type: 'text' })
  readonly owner: Owner;

  @Column({ name: 'checklist_item', type: 'text' })
  readonly checklistItem: string;

  /** With its parameters; its English words are for the day when this version does not know the rule any more. */
  @Column({ name: 'finding', type: 'jsonb' })
  readonly finding: Finding;

  /** The results it was last seen with. */
  @Column({ name: 'seen', type: 'jsonb' })
  readonly seen: SeenResult[];

  @Column({ name: 'state', type: 'text' })
  readonly state: FindingState;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  readonly firstSeenAt: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  readonly lastSeenAt: Date;

  /** When it opened last. */
  @Column({ name: 'opened_at', type: 'timestamptz', nullable: true })
  readonly openedAt: Date | null;

  /** When it closed last; null while it is open. */
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  readonly closedAt: Date | null;

  @Column({ name: 'openings', type: 'integer' })
  readonly openings: number;
}
