import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Large evidence (certificate chains, capability lists), stored once per content. */
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
