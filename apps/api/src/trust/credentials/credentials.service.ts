import { Injectable } from '@nestjs/common';
import type { TokenClaims, Tokens } from '@mailpath/protocol';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { Address } from '../../estate/mailboxes/mailbox.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { Sealer } from '../secrets/sealer.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { takesPlace } from './candidate.ts';
import { CredentialEntity } from './credential.entity.ts';
import type { CredentialFacts } from './credential.ts';
import { nothingToForget } from '../refusals.ts';

/** Whose tokens, in which site. */
export interface Owner {
  siteId: string;
  userName: string;
}

/** Which refresh token was lent. */
export interface UsedRefreshToken {
  /** As it is stored, by which it is known again. */
  sealed: Buffer;
  /** Whether it has yet to be used with success. */
  isCandidate: boolean;
}

/** A refresh token as it was lent. */
export interface LentRefreshToken extends UsedRefreshToken {
  value: string;
}

/** What came of a refresh. */
export interface Refreshed {
  tokens: Tokens;
  claims: TokenClaims;
  /** The refresh token that it was done with. */
  used: UsedRefreshToken;
  serverId: string;
}

const Place = z.tuple([Address]);

const refreshPlace = ({ siteId, userName }: Owner) => ({ purpose: 'refresh-token', siteId, key: userName });
const accessPlace = ({ siteId, userName }: Owner) => ({ purpose: 'access-token', siteId, key: userName });

/** The tokens of the users who have signed in: sealed, one set a user. */
@Injectable()
export class CredentialsService {
  constructor(
    @InjectRepository(CredentialEntity) private readonly credentials: Repository<CredentialEntity>,
    private readonly sites: SitesService,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** In the order of the user names. */
  async list(siteId: string, { limit, cursor }: PageQuery): Promise<Page<CredentialFacts>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    await this.sites.get(siteId);
    const rows = await this.credentials
      .createQueryBuilder('credential')
      .where('credential.siteId = :siteId', { siteId })
      .andWhere('(cast(:after as text) is null or credential.userName > :after)', { after })
      .orderBy('credential.userName')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, (row) => [row.userName], toFacts);
  }

  /** Facts about all of them. */
  async all(siteId: string): Promise<CredentialFacts[]> {
    return (await this.credentials.findBy({ siteId })).map(toFacts);
  }

  async forget(siteId: string, userName: string): Promise<void> {
    await this.sites.get(siteId);
    const { affected } = await this.credentials.delete({ siteId, userName });
    if (!affected) throw new MailpathError('not-found', nothingToForget({ userName }));
  }

  /** Who the user was when his tokens were kept, as far as they said. */
  async knownAs({ siteId, userName }: Owner): Promise<{ oid: string; tid: string | null } | null> {
    const row = await this.credentials.findOneBy({ siteId, userName });
    return row?.claims?.oid ? { oid: row.claims.oid, tid: row.claims.tid } : null;
  }

  /**
   * A sign-in went through at this server. A refresh token that was there before stays, until the new one has proven
   * itself.
   */
  async keepNew(owner: Owner, tokens: Tokens, claims: TokenClaims, serverId: string): Promise<void> {
    await this.sites.noteSecrets(owner.siteId);
    const { refreshToken, ...access } = this.#sealed(owner, tokens);
    const now = this.clock.now();
    await this.credentials.manager.transaction(async (manager) => {
      const before = await manager.findOne(CredentialEntity, {
        where: owner,
        lock: { mode: 'pessimistic_write' },
      });
      const good = before?.refreshToken ?? null;
      const refresh =
        good === null
          ? {
              refreshToken,
              refreshTokenAt: refreshToken && now,
              candidateRefreshToken: null,
              candidateBy: null,
            }
          : { candidateRefreshToken: refreshToken, candidateBy: refreshToken && serverId };
      await manager.upsert(
        CredentialEntity,
        {
          ...owner,
          ...access,
          ...refresh,
          claims: claims as never,
          obtainedAt: now,
          obtainedBy: serverId,
          refreshedAt: null,
          refreshedBy: null,
        },
        ['siteId', 'userName'],
      );
    });
  }

  /**
   * This server refreshed them. An answer without a refresh token leaves the one that was used good (RFC 6749, section
   * 6).
   */
  async keepRefreshed(
    owner: Owner,
    { tokens, claims, used, serverId }: Refreshed,
    now: Date = this.clock.now(),
  ): Promise<void> {
    const { refreshToken, ...access } = this.#sealed(owner, tokens);
    await this.credentials.manager.transaction(async (manager) => {
      const place = { siteId: owner.siteId, userName: owner.userName };
      const row = await manager.findOne(CredentialEntity, {
        where: place,
        lock: { mode: 'pessimistic_write' },
      });
      // Forgotten, or signed in anew, since this lease was given.
      if (!row || !holds(row, used)) return;
      const good = promoted(row, used, serverId, now);
      await manager.update(CredentialEntity, place, {
        ...access,
        ...good,
        ...(refreshToken && { candidateRefreshToken: refreshToken, candidateBy: serverId }),
        claims: claims as never,
        refreshedAt: now,
        refreshedBy: serverId,
      });
    });
  }

  /** A refresh token that never proved itself was refused: the good one is lent again. */
  async dropCandidate({ siteId, userName }: Owner, { sealed }: UsedRefreshToken): Promise<void> {
    await this.credentials.update(
      { siteId, userName, candidateRefreshToken: sealed },
      { candidateRefreshToken: null, candidateBy: null },
    );
  }

  /** The refresh token for a lease, `none` without one, `locked` when it cannot be opened. */
  async refreshToken(owner: Owner): Promise<LentRefreshToken | 'none' | 'locked'> {
    const { siteId, userName } = owner;
    const row = await this.credentials.findOneBy({ siteId, userName });
    const sealed = row?.candidateRefreshToken ?? row?.refreshToken;
    if (!row || !sealed) return 'none';
    const value = this.sealer.open(sealed, refreshPlace(owner));
    return value === null ? 'locked' : { value, sealed, isCandidate: row.candidateRefreshToken !== null };
  }

  /** The access token that a services server obtained, if it is still good at `until`. */
  async accessToken(
    owner: Owner,
    until: Date,
  ): Promise<{ value: string; expiresAt: Date } | 'none' | 'locked'> {
    const row = await this.credentials.findOneBy(owner);
    if (!row?.refreshedAt || row.accessTokenExpiresAt <= until) return 'none';
    const value = this.sealer.open(row.accessToken, accessPlace(owner));
    return value === null ? 'locked' : { value, expiresAt: row.accessTokenExpiresAt };
  }

  #sealed(owner: Owner, { refreshToken, accessToken, expiresAt }: Tokens) {
    return {
      refreshToken: refreshToken === null ? null : this.sealer.seal(refreshToken, refreshPlace(owner)),
      accessToken: this.sealer.seal(accessToken, accessPlace(owner)),
      accessTokenExpiresAt: new Date(expiresAt),
    };
  }
}

/** Whether the row still has the refresh token that was lent. */
const holds = (row: CredentialEntity, { sealed, isCandidate }: UsedRefreshToken): boolean =>
  (isCandidate ? row.candidateRefreshToken : row.refreshToken)?.equals(sealed) ?? false;

/** What becomes of the good refresh token after this one was used with success. */
function promoted(
  { candidateBy, refreshTokenAt, obtainedAt }: CredentialEntity,
  used: UsedRefreshToken,
  usedBy: string,
  now: Date,
): Partial<CredentialEntity> {
  if (!used.isCandidate || candidateBy === null) return {};
  const proven = { handedInBy: candidateBy, usedBy, goodSince: refreshTokenAt ?? obtainedAt };
  if (!takesPlace(proven, now)) return {};
  return {
    refreshToken: used.sealed,
    refreshTokenAt: now,
    candidateRefreshToken: null,
    candidateBy: null,
  };
}

function toFacts(row: CredentialEntity): CredentialFacts {
  return {
    userName: row.userName,
    hasRefreshToken: row.refreshToken !== null || row.candidateRefreshToken !== null,
    accessTokenExpiresAt: row.accessTokenExpiresAt.toISOString(),
    claims: row.claims,
    obtainedAt: row.obtainedAt.toISOString(),
    obtainedBy: row.obtainedBy,
    refreshedAt: row.refreshedAt?.toISOString() ?? null,
    refreshedBy: row.refreshedBy,
  };
}
