import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, In, IsNull, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { MailpathError, invalidField } from '../../platform/errors.ts';
import { oneSpelling } from '../../platform/fields.ts';
import { notFound } from '../../platform/not-found.ts';
import { violates } from '../../platform/database/violations.ts';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../platform/page.ts';
import { refuseTakenName } from '../../platform/taken-name.ts';
import { hashPassword, isPassword } from './password.ts';
import type { SiteRole } from './session.ts';
import { SessionEntity } from './session.entity.ts';
import type { User, UserChange, UserCreation } from './user.ts';
import { UserEntity } from './user.entity.ts';
import { UserRoleEntity } from './user-role.entity.ts';
import { userNameTaken, lastAdministrator, ofTheProvider } from '../refusals.ts';
import { notYourPassword, siteNotThere } from '../field-refusals.ts';

const Place = z.tuple([z.uuid()]);
/** Of a user who signs in here. */
const LOCAL = { endedAt: null, openIdIssuer: null, openIdSubject: null };
/** People who sign in. One who is gone keeps the row, since the audit log names it. */
@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly clock: Clock,
  ) {}

  /** For a command, which has no application around it. */
  static over(database: DataSource): UsersService {
    return new UsersService(database.getRepository(UserEntity), new Clock());
  }

  async named(name: string): Promise<UserEntity | null> {
    return (
      this.users
        .createQueryBuilder('u')
        // As it was written, or in the one spelling that names have.
        .where('lower(u.name) in (lower(:name), lower(:spelled)) and u.ended_at is null', {
          name,
          spelled: oneSpelling(name),
        })
        .orderBy('u.name <> :name')
        .limit(1)
        .getOne()
    );
  }

  /** Oldest first. */
  async list({ limit, cursor }: PageQuery): Promise<Page<User>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    const rows = await this.users
      .createQueryBuilder('u')
      .where('u.ended_at is null and (cast(:after as uuid) is null or u.id > :after)', { after })
      .orderBy('u.id')
      .limit(limit + 1)
      .getMany();
    const roles = await this.#rolesOf(rows.map(({ id }) => id));
    return toPage(
      rows,
      limit,
      (row) => [row.id],
      (row) => toUser(row, roles),
    );
  }

  /** A user who may be given a link. Throws not-found, and conflict for one whom a provider signs in. */
  async signedInHere(id: string): Promise<User> {
    refuseOfProvider(await this.#row(this.users.manager, id));
    return this.get(id);
  }

  /** Throws not-found. */
  async get(id: string): Promise<User> {
    return toUser(await this.#row(this.users.manager, id), await this.#rolesOf([id]));
  }

  /** Throws conflict for a name that is taken, and validation for a site that is not there. */
  async create({ name, password, role, sites }: UserCreation): Promise<User> {
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const row = { ...LOCAL, id: uuid(), name, passwordHash, role, createdAt: this.clock.now() };
    await refuseTakenName('users_name_key', userNameTaken({ name }), () =>
      this.users.manager.transaction(async (manager) => {
        await manager.insert(UserEntity, row);
        await this.#setRoles(manager, row.id, sites);
      }),
    );
    return this.get(row.id);
  }

  /** The first user of a new installation, an administrator, or null when there has been one. */
  async createFirst(name: string): Promise<User | null> {
    return this.#exclusively(async (manager) => {
      if (await manager.exists(UserEntity)) return null;
      const row = {
        ...LOCAL,
        id: uuid(),
        name,
        passwordHash: null,
        role: 'administrator' as const,
        createdAt: this.clock.now(),
      };
      await manager.insert(UserEntity, row);
      return toUser(row, new Map());
    });
  }

  /** Throws not-found, conflict for a name that is taken or the last administrator, and validation. */
  async change(id: string, { name, password, role, sites }: UserChange): Promise<User> {
    const passwordHash = password == null ? password : await hashPassword(password);
    await refuseTakenName('users_name_key', userNameTaken({ name: name ?? '' }), () =>
      this.#exclusively(async (manager) => {
        const row = await this.#row(manager, id);
        if (passwordHash !== undefined || role !== undefined || sites) refuseOfProvider(row);
        if (role !== undefined && role !== 'administrator') await this.#refuseLast(manager, row);
        const set = {
          ...(name !== undefined && { name }),
          ...(role !== undefined && { role }),
          ...(passwordHash !== undefined && { passwordHash }),
        };
        if (Object.keys(set).length > 0) await manager.update(UserEntity, { id }, set);
        if (sites) await this.#setRoles(manager, id, sites);
        // Whoever knows the old password is out.
        if (passwordHash !== undefined) await manager.delete(SessionEntity, { userId: id });
      }),
    );
    return this.get(id);
  }

  /** A user's own password; all other sessions of the user end. Throws forbidden where the present one is wrong. */
  async changePassword(id: string, present: string | null, next: string): Promise<void> {
    const row = await this.#row(this.users.manager, id);
    refuseOfProvider(row);
    // One that has none yet came by a link, and proves nothing more.
    if (row.passwordHash !== null && !(await isPassword(present ?? '', row.passwordHash)))
      throw invalidField('present', notYourPassword());
    const passwordHash = await hashPassword(next);
    await this.users.manager.transaction(async (manager) => {
      await manager.update(UserEntity, { id }, { passwordHash });
      await manager.delete(SessionEntity, { userId: id });
    });
  }

  /** Ends the user and every session. Throws not-found, and conflict for the last administrator. */
  async end(id: string): Promise<void> {
    await this.#exclusively(async (manager) => {
      const row = await this.#row(manager, id);
      await this.#refuseLast(manager, row);
      await manager.update(UserEntity, { id }, { endedAt: this.clock.now(), passwordHash: null });
      await manager.delete(SessionEntity, { userId: id });
      await manager.delete(UserRoleEntity, { userId: id });
    });
  }

  async #row(manager: EntityManager, id: string): Promise<UserEntity> {
    const row = await manager.findOneBy(UserEntity, { id, endedAt: IsNull() });
    if (!row) throw notFound('User', id);
    return row;
  }

  /** Without one nobody could let anybody in over HTTP. The roles of others are a provider's to take away. */
  async #refuseLast(manager: EntityManager, { role, openIdSubject }: UserEntity): Promise<void> {
    if (role !== 'administrator' || openIdSubject !== null) return;
    const own = { role: 'administrator', endedAt: IsNull(), openIdSubject: IsNull() } as const;
    const there = await manager.countBy(UserEntity, own);
    if (there > 1) return;
    throw new MailpathError('conflict', lastAdministrator());
  }

  async #setRoles(manager: EntityManager, userId: string, sites: readonly SiteRole[]): Promise<void> {
    await manager.delete(UserRoleEntity, { userId });
    if (sites.length === 0) return;
    try {
      await manager.insert(
        UserRoleEntity,
        sites.map((each) => ({ userId, ...each })),
      );
    } catch (cause) {
      if (!violates(cause, 'user_roles_site_fkey')) throw cause;
      throw invalidField('sites', siteNotThere());
    }
  }

  async #rolesOf(ids: readonly string[]): Promise<Map<string, SiteRole[]>> {
    const rows = await this.users.manager.find(UserRoleEntity, {
      where: { userId: In([...ids]) },
      order: { siteId: 'ASC' },
    });
    const roles = new Map<string, SiteRole[]>();
    for (const { userId, siteId, role } of rows)
      roles.set(userId, [...(roles.get(userId) ?? []), { siteId, role }]);
    return roles;
  }

  /** What counts the administrators and then changes them is done by one instance at a time. */
  #exclusively<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.users.manager.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('mailpath users'))`);
      return work(manager);
    });
  }
}

/** Password, links and roles of such a user would go round the provider. */
function refuseOfProvider({ name, openIdSubject }: UserEntity): void {
  if (openIdSubject === null) return;
  throw new MailpathError('conflict', ofTheProvider({ name }));
}

const toUser = (row: UserEntity, roles: ReadonlyMap<string, SiteRole[]>): User => ({
  id: row.id,
  name: row.name,
  role: row.role,
  sites: roles.get(row.id) ?? [],
  hasPassword: row.passwordHash !== null,
  openId:
    row.openIdIssuer !== null && row.openIdSubject !== null
      ? { issuer: row.openIdIssuer, subject: row.openIdSubject }
      : null,
  createdAt: row.createdAt.toISOString(),
});
