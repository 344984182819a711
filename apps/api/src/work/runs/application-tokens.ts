import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import type { Site } from '../../estate/sites/site.ts';
import { Sealer } from '../../trust/secrets/sealer.ts';
import { ApplicationTokenEntity } from './application-token.entity.ts';

interface Kept {
  value: string;
  expiresAt: Date;
}

/**
 * Access tokens of the applications themselves, which services servers have obtained and application servers send with:
 * sealed.
 */
@Injectable()
export class ApplicationTokens {
  constructor(
    private readonly database: DataSource,
    private readonly sealer: Sealer,
  ) {}

  async keep(site: Site, mailbox: string, { value, expiresAt }: Kept): Promise<void> {
    const key = keyOf(site, mailbox);
    if (!key) return;
    const token = this.sealer.seal(value, placeOf(key));
    await this.database
      .getRepository(ApplicationTokenEntity)
      .upsert({ ...key, token, expiresAt }, ['siteId', 'tenant', 'clientId', 'mailbox']);
  }

  /**
   * The one that is still good at `until`; null also for one that cannot be opened any more: another one costs one
   * request.
   */
  async get(site: Site, mailbox: string, until: Date): Promise<Kept | null> {
    const key = keyOf(site, mailbox);
    const row =
      key &&
      (await this.database
        .getRepository(ApplicationTokenEntity)
        .findOneBy({ ...key, expiresAt: MoreThan(until) }));
    const value = row && this.sealer.open(row.token, placeOf(row));
    return row && value !== null ? { value: value as string, expiresAt: row.expiresAt } : null;
  }
}

type Key = Pick<ApplicationTokenEntity, 'siteId' | 'tenant' | 'clientId' | 'mailbox'>;

const keyOf = ({ id: siteId, tenant, clientId }: Site, mailbox: string): Key | null =>
  tenant !== null && clientId !== null ? { siteId, tenant, clientId, mailbox } : null;

const placeOf = ({ siteId, tenant, clientId, mailbox }: Key) => ({
  purpose: 'application-token',
  siteId,
  key: [tenant, clientId, mailbox].join(' '),
});
