import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, IsNull, Not, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { violates } from '../../platform/database/violations.ts';
import { invalidField, MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { ApiKeyEntity } from './api-key.entity.ts';
import { hashSecret, makeApiKey, type ApiKey, type ApiKeyCreation, type NewApiKey } from './api-key.ts';
import { lastApiKey } from '../refusals.ts';
import { endHasPassed, siteNotThere } from '../field-refusals.ts';

const Place = z.tuple([z.uuid()]);

/** What a key may do that was made without saying more. */
export const EVERYTHING = { role: 'administrator', siteId: null, expiresAt: null } as const;

@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKeyEntity) private readonly keys: Repository<ApiKeyEntity>,
    private readonly clock: Clock,
  ) {}

  /** For a command, which has no application around it. */
  static over(database: DataSource): ApiKeysService {
    return new ApiKeysService(database.getRepository(ApiKeyEntity), new Clock());
  }

  /** Throws validation for a site that is not there, and for an end that is over. */
  async create(wanted: ApiKeyCreation): Promise<NewApiKey> {
    if (wanted.expiresAt !== null && Date.parse(wanted.expiresAt) <= this.clock.now().getTime())
      throw invalidField('expiresAt', endHasPassed());
    try {
      return await this.#add(this.keys.manager, wanted, makeApiKey());
    } catch (cause) {
      if (!violates(cause, 'api_keys_site_fkey')) throw cause;
      throw invalidField('siteId', siteNotThere());
    }
  }

  /**
   * The first key of a new installation, or null when it has one already. Several instances starting at once make one.
   */
  async createFirst(given: string | undefined): Promise<string | null> {
    return this.#exclusively(async (manager) => {
      if (await manager.exists(ApiKeyEntity)) return null;
      const key = given ?? makeApiKey();
      await this.#add(manager, { name: 'first key', ...EVERYTHING }, key);
      return key;
    });
  }

  async list({ limit, cursor }: PageQuery): Promise<Page<ApiKey>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    const rows = await this.keys
      .createQueryBuilder('key')
      .where('cast(:after as uuid) is null or key.id > :after', { after })
      .orderBy('key.id')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, (row) => [row.id], toApiKey);
  }

  /** Throws not-found. */
  async get(id: string): Promise<ApiKey> {
    const row = await this.keys.findOneBy({ id });
    if (!row) throw notFound('API key', id);
    return toApiKey(row);
  }

  /** Refuses the last active key of the whole: without one no program could make another over HTTP. */
  async revoke(id: string): Promise<void> {
    await this.#exclusively(async (manager) => {
      const key = await manager.findOneBy(ApiKeyEntity, { id });
      if (!key) throw notFound('API key', id);
      if (key.revokedAt) return;
      const whole = { revokedAt: IsNull(), siteId: IsNull(), role: 'administrator' } as const;
      const others = await manager.countBy(ApiKeyEntity, { ...whole, id: Not(id), expiresAt: IsNull() });
      if (others === 0 && key.siteId === null && key.role === 'administrator') {
        throw new MailpathError('conflict', lastApiKey());
      }
      await manager.update(ApiKeyEntity, { id }, { revokedAt: this.clock.now() });
    });
  }

  async #add(manager: EntityManager, wanted: ApiKeyCreation, key: string): Promise<NewApiKey> {
    const { name, role, siteId, expiresAt } = wanted;
    const row = {
      id: uuid(),
      name,
      role,
      siteId,
      keyHash: hashSecret(key),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
      lastUsedAt: null,
      createdAt: this.clock.now(),
      revokedAt: null,
    };
    await manager.insert(ApiKeyEntity, row);
    return { ...toApiKey(row), key };
  }

  /** What counts the keys and then changes them is done by one instance at a time. */
  #exclusively<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.keys.manager.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('mailpath api keys'))`);
      return work(manager);
    });
  }
}

function toApiKey(row: Omit<ApiKeyEntity, 'keyHash'>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    siteId: row.siteId,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
