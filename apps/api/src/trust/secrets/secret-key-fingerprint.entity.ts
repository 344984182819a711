import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which secret key this database's values are sealed with. */
@Entity({ name: 'secret_key_fingerprint' })
export class SecretKeyFingerprintEntity {
  /** What the key is for; there is one purpose, and so one row. */
  @PrimaryColumn({ name: 'purpose', type: 'text' })
  readonly purpose: string;

  @Column({ name: 'fingerprint', type: 'bytea' })
  readonly fingerprint: Buffer;

  @Column({ name: 'noted_at', type: 'timestamptz' })
  readonly notedAt: Date;
}
