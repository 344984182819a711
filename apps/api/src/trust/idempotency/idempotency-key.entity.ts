import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One request that may be sent again, and how it was answered. */
@Entity({ name: 'idempotency_keys' })
export class IdempotencyKeyEntity {
  /** SHA-256 of who sent it, of what it asks for, and of the key that came with it. */
  @PrimaryColumn({ name: 'place', type: 'bytea' })
  readonly place: Buffer;

  /** The site in its path, whose end is the end of this as well. */
  @Column({ name: 'site_id', type: 'uuid', nullable: true })
  readonly siteId: string | null;

  /** SHA-256 of the body. */
  @Column({ name: 'body_hash', type: 'bytea' })
  readonly bodyHash: Buffer;

  /** Who answers it, as long as nobody has. */
  @Column({ name: 'attempt', type: 'uuid' })
  readonly attempt: string;

  /** Status, Location and body, encrypted: some answers hold a key that is shown once. Null until it is answered. */
  @Column({ name: 'sealed_answer', type: 'bytea', nullable: true })
  readonly sealedAnswer: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;
}
