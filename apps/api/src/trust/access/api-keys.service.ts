import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, IsNull, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { MailpathError, notFound } from '../../platform/errors.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { ApiKeyEntity } from './api-key.entity.ts';
import { hashSecret, makeApiKey, type ApiKey, type NewApiKey } from './api-key.ts';

const Place = z.tuple([z.uuid()]);

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

  /**
   * Whether the key is one that was given out and not revoked. Asked at every request, so that a revocation counts at
   * once.
   */
  async isValid(key: string): Promise<boolean> {
    return this.keys.existsBy({ keyHash: hashSecret(key), revokedAt: IsNull() });
  }

  async create(name: string): Promise<NewApiKey> {
    return this.#add(this.keys.manager, name, makeApiKey());
  }

  /**
   * The first key of a new installation, or null when it has one already. Several instances starting at once make one.
   */
  async createFirst(given: string | undefined): Promise<string | null> {
    return this.#exclusively(async (manager) => {
      if (await manager.exists(ApiKeyEntity)) return null;
      const key = given ?? makeApiKey();
      await this.#add(manager, 'first key', key);
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

  /** Refuses the last active key: without one nobody could make another over HTTP. */
  async revoke(id: string): Promise<void> {
    await this.#exclusively(async (manager) => {
      const key = await manager.findOneBy(ApiKeyEntity, { id });
      if (!key) throw notFound('API key', id);
      if (key.revokedAt) return;
      if ((await manager.countBy(ApiKeyEntity, { revokedAt: IsNull() })) === 1) {
        throw new MailpathError(
          'conflict',
          'This is the last active API key. Create another one first, then revoke this one.',
        );
      }
      await manager.update(ApiKeyEntity, { id }, { revokedAt: this.clock.now() });
    });
  }

  async #add(manager: EntityManager, name: string, key: string): Promise<NewApiKey> {
    const row = { id: uuid(), name, keyHash: hashSecret(key), createdAt: this.clock.now(), revokedAt: null };
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
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
