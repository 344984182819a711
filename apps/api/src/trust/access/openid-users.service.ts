import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/http/caller.ts';
import type { Role } from '../../platform/needs.ts';
import { SessionEntity } from './session.entity.ts';
import { UserEntity } from './user.entity.ts';
import { UserRoleEntity } from './user-role.entity.ts';

/** Who a person is for the provider, for ever (OpenID Connect Core 1.0, section 2). */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** What a provider's groups give. */
export interface ProvidedRoles {
  readonly role: Role | null;
  /** By site; empty for whoever has a role at all of them, which counts alone. */
  readonly sites: ReadonlyMap<string, Role>;
}

const LONGEST_NAME = 100;

/** Users who sign in by OpenID Connect: known by issuer and subject, never by a name or an address. */
@Injectable()
export class OpenIdUsers {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly clock: Clock,
  ) {}

  /**
   * The user of this identity with these roles from now on, made where there is none; null where none of the roles is
   * at a site that there is.
   */
  async renew(identity: Identity, name: string, { role, sites }: ProvidedRoles): Promise<Caller | null> {
    return this.#exclusively(async (manager) => {
      const known = await this.#of(manager, identity);
      const user = known ?? { id: uuid(), name: await freeName(manager, name, identity) };
      if (!known)
        await manager.insert(UserEntity, {
          id: user.id,
          name: user.name,
          passwordHash: null,
          role,
          createdAt: this.clock.now(),
          endedAt: null,
          openIdIssuer: identity.issuer,
          openIdSubject: identity.subject,
        });
      else await manager.update(UserEntity, { id: user.id }, { role });
      const there = await setRoles(manager, user.id, sites);
      if (role === null && there.size === 0) {
        await drop(manager, user.id, known === null);
        return null;
      }
      return { kind: 'user', id: user.id, name: user.name, role, sites: there };
    });
  }

  /** Whoever is given no role any more keeps none of before, in no browser. */
  async strip(identity: Identity): Promise<void> {
    await this.#exclusively(async (manager) => {
      const known = await this.#of(manager, identity);
      if (!known) return;
      await manager.update(UserEntity, { id: known.id }, { role: null });
      await drop(manager, known.id, false);
    });
  }

  #of(manager: EntityManager, { issuer, subject }: Identity): Promise<UserEntity | null> {
    return manager.findOneBy(UserEntity, {
      openIdIssuer: issuer,
      openIdSubject: subject,
      endedAt: IsNull(),
    });
  }

  /** As with every change of users: one instance at a time, so that two first sign-ins make one user. */
  #exclusively<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.users.manager.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('mailpath users'))`);
      return work(manager);
    });
  }
}

async function drop(manager: EntityManager, userId: string, isNew: boolean): Promise<void> {
  await manager.delete(SessionEntity, { userId });
  await manager.delete(UserRoleEntity, { userId });
  if (isNew) await manager.delete(UserEntity, { id: userId });
}

/** At the sites that there are: one in the settings may be gone. */
async function setRoles(
  manager: EntityManager,
  userId: string,
  sites: ReadonlyMap<string, Role>,
): Promise<Map<string, Role>> {
  await manager.delete(UserRoleEntity, { userId });
  const rows = await manager.query<{ siteId: string; role: Role }[]>(
    `insert into user_roles (user_id, site_id, role)
     select $1, s.id, wanted.value from jsonb_each_text($2) wanted join sites s on s.id = wanted.key::uuid
     returning site_id as "siteId", role`,
    [userId, JSON.stringify(Object.fromEntries(sites))],
  );
  return new Map(rows.map(({ siteId, role }) => [siteId, role]));
}

/** The name, or the name with digits of the identity where somebody else has it: nobody comes as another. */
async function freeName(
  manager: EntityManager,
  name: string,
  { issuer, subject }: Identity,
): Promise<string> {
  const digits = createHash('sha256').update(`${issuer}\n${subject}`).digest('hex');
  const begin = Array.from(name)
    .slice(0, LONGEST_NAME - 20)
    .join('');
  for (const each of [name, `${begin} (${digits.slice(0, 8)})`, `${begin} (${digits.slice(0, 16)})`]) {
    const [taken] = await manager.query<unknown[]>(
      'select 1 from users where lower(name) = lower($1) and ended_at is null',
      [each],
    );
    if (!taken) return each;
  }
  return digits;
}
