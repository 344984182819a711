import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What many observations have in common, stored once per content: outlines, and the large sections that they point to.
 */
@Entity({ name: 'evidence' })
export class EvidenceEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'hash', type: 'bytea' })
  readonly hash: Buffer;

  @Column({ name: 'content', type: 'jsonb' })
  readonly content: unknown;

  /** The last day it was part of a result, `YYYY-MM-DD`. */
  @Column({ name: 'seen_on', type: 'date' })
  readonly seenOn: string;
}
