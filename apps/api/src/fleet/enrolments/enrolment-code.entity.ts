import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

@Entity({ name: 'enrolment_codes' })
@Unique('enrolment_codes_hash_key', ['codeHash'])
@ForeignKey('servers', ['siteId', 'serverId'], ['siteId', 'id'], {
  name: 'enrolment_codes_server_fkey',
})
export class EnrolmentCodeEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  @PrimaryColumn({ name: 'id', type: 'uuid' })
  readonly id: string;

  @Column({ name: 'server_id', type: 'uuid' })
  readonly serverId: string;

  /** SHA-256; the code itself is told once and never stored. */
  @Column({ name: 'code_hash', type: 'bytea' })
  readonly codeHash: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  readonly expiresAt: Date;

  @Column({ name: 'used_at', type: 'timestamptz', nullable: true })
  readonly usedAt: Date | null;
}
