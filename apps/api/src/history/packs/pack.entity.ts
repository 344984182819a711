import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Results of one server that were observed in one hour, packed. Partitioned by weeks. The lists tell what is in it, so
 * that nobody unpacks it in vain.
 */
@Entity({ name: 'packs' })
@Index('packs_server_idx', ['siteId', 'serverId', 'hour'])
@Index('packs_failed_idx', ['siteId', 'hour', 'serverId', 'part'], { where: `'fail' = any(outcomes)` })
export class PackEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  /** When it begins. */
  @PrimaryColumn({ name: 'hour', type: 'timestamptz' })
  readonly hour: Date;

  @PrimaryColumn({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  /** From 0 on; an hour has several where a server had more to tell than one pack may hold. */
  @PrimaryColumn({ name: 'part', type: 'smallint' })
  readonly part: number;

  @Column({ name: 'results', type: 'integer' })
  readonly results: number;

  /** This and the next two are as long as each other: which checks of which targets came to what. */
  @Column({ name: 'checks', type: 'text', array: true })
  readonly checks: string[];

  @Column({ name: 'targets', type: 'text', array: true })
  readonly targets: string[];

  @Column({ name: 'outcomes', type: 'text', array: true })
  readonly outcomes: string[];

  @Column({ name: 'runs', type: 'uuid', array: true })
  readonly runs: string[];

  /** What its UUIDv7 ids have in common per process that made them; see ids.ts. */
  @Column({ name: 'id_rests', type: 'text', array: true })
  readonly idRests: string[];

  /** When in its hour there are results of which outcome; see seconds.ts. Null in what an earlier version packed. */
  @Column({ name: 'seconds', type: 'bytea', nullable: true })
  readonly seconds: Buffer | null;

  @Column({ name: 'body', type: 'bytea' })
  readonly body: Buffer;
}
