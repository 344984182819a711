import { Injectable } from '@nestjs/common';
import type { TokenClaims, Tokens } from '@mailpath/protocol';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { MailpathError } from '../errors.ts';
import { Address } from '../mailboxes/mailbox.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../page.ts';
import { Sealer } from '../secrets/sealer.ts';
import { SitesService } from '../sites/sites.service.ts';
import { CredentialEntity } from './credential.entity.ts';
import type { CredentialFacts } from './credential.ts';

/** Whose tokens, in which site. */
export interface Owner {
  siteId: string;
  userName: string;
}

const Place = z.tuple([Address]);

const refreshPlace = ({ siteId, userName }: Owner) => ({ purpose: 'refresh-token', siteId, key: userName });
const accessPlace = ({ siteId, userName }: Owner) => ({ purpose: 'access-token', siteId, key: userName });

/** The tokens of the users who have signed in: sealed, one set a user. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly sealer: Sealer,
  ) {}

  /** In the order of the user names. */
  async list(siteId: string, { limit, cursor }: PageQuery): Promise<Page<CredentialFacts>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    await this.sites.get(siteId);
    const rows = await this.database
      .getRepository(CredentialEntity)
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
    return (await this.database.getRepository(CredentialEntity).findBy({ siteId })).map(toFacts);
  }

  async forget(siteId: string, userName: string): Promise<void> {
    await this.sites.get(siteId);
    const { affected } = await this.database.getRepository(CredentialEntity).delete({ siteId, userName });
    if (!affected)
      throw new MailpathError(
        'not-found',
        `${userName} has not signed in here, so there is nothing to forget.`,
      );
  }

  /** A sign-in went through at this server: what was there before is forgotten. */
  async keepNew(owner: Owner, tokens: Tokens, serverId: string): Promise<void> {
    await this.database.getRepository(CredentialEntity).upsert(
      {
        ...owner,
        ...this.#sealed(owner, tokens),
        claims: null,
        obtainedAt: new Date(),
        obtainedBy: serverId,
        refreshedAt: null,
        refreshedBy: null,
      },
      ['siteId', 'userName'],
    );
  }

  /** This server refreshed them. An answer without a refresh token leaves the one that was used good (RFC 6749, section 6). */
  async keepRefreshed(owner: Owner, tokens: Tokens, serverId: string): Promise<void> {
    const { refreshToken, ...access } = this.#sealed(owner, tokens);
    await this.database.getRepository(CredentialEntity).update(owner, {
      ...access,
      ...(refreshToken && { refreshToken }),
      refreshedAt: new Date(),
      refreshedBy: serverId,
    });
  }

  /** What a result says of the newest token. */
  async keepClaims(owner: Owner, claims: TokenClaims): Promise<void> {
    await this.database.query(
      'update credentials set claims = $3::jsonb where site_id = $1 and user_name = $2',
      [owner.siteId, owner.userName, JSON.stringify(claims)],
    );
  }

  /** The refresh token for a lease, `none` without one, `locked` when it cannot be opened. */
  async refreshToken(owner: Owner): Promise<{ value: string } | 'none' | 'locked'> {
    const row = await this.database.getRepository(CredentialEntity).findOneBy(owner);
    if (!row?.refreshToken) return 'none';
    const value = this.sealer.open(row.refreshToken, refreshPlace(owner));
    return value === null ? 'locked' : { value };
  }

  /** The access token that a services server obtained, if it is still good at `until`. */
  async accessToken(
    owner: Owner,
    until: Date,
  ): Promise<{ value: string; expiresAt: Date } | 'none' | 'locked'> {
    const row = await this.database.getRepository(CredentialEntity).findOneBy(owner);
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

function toFacts(row: CredentialEntity): CredentialFacts {
  return {
    userName: row.userName,
    hasRefreshToken: row.refreshToken !== null,
    accessTokenExpiresAt: row.accessTokenExpiresAt.toISOString(),
    claims: row.claims,
    obtainedAt: row.obtainedAt.toISOString(),
    obtainedBy: row.obtainedBy,
    refreshedAt: row.refreshedAt?.toISOString() ?? null,
    refreshedBy: row.refreshedBy,
  };
}
