import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity({ name: 'client_certificates' })
@ForeignKey('sites', ['siteId'], ['id'], { name: 'client_certificates_site_fkey' })
export class ClientCertificateEntity {
  @PrimaryColumn({ name: 'site_id', type: 'uuid' })
  readonly siteId: string;

  /** PEM; public. */
  @Column({ name: 'certificate', type: 'text' })
  readonly certificate: string;

  /** Its private key. */
  @Column({ name: 'sealed', type: 'bytea' })
  readonly sealed: Buffer;

  @Column({ name: 'set_at', type: 'timestamptz' })
  readonly setAt: Date;
}
