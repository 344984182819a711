import { Injectable, Logger } from '@nestjs/common';
import type { Grant, TokenClaims, Tokens } from '@mailpath/protocol';
import type { Site } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { MailpathError } from '../../platform/errors.ts';
import {
  CredentialsService,
  type LentRefreshToken,
  type UsedRefreshToken,
} from '../../trust/credentials/credentials.service.ts';
import { notHis, notTheApplications, toldBy } from '../../trust/credentials/token-owner.ts';
import { ClientProofs } from '../orders/client-proofs.service.ts';
import { clientSecretLocked } from '../../trust/refusals.ts';
import { ApplicationTokens } from './application-tokens.ts';
import type { PlannedOrder } from './plan.ts';

/** How long an access token must still be good beyond the lease. */
const MARGIN_MS = 60_000;

const LOCKED =
  'The stored sign-in cannot be opened: the key of Mailpath (MAILPATH_SECRET_KEY, or the file secret-key) is not the one it was sealed with. Put that key back and start again, or sign in again.';
const NOT_REFRESHED =
  'No services server has refreshed the token of this user: application servers send with a token that a services server obtained.';
const NOT_OBTAINED =
  'No services server has obtained a token of the application: application servers send with a token that a services server obtained.';
const NOT_SIGNED_IN = 'This user has not signed in yet, or was forgotten: start a sign-in for it.';

/** What an order lends, and what is to be remembered of it until it is answered. */
export interface Supplied {
  grant: Grant;
  /** The refresh token, where it is one. */
  refresh?: LentRefreshToken;
}

/** Where an order for mailboxes gets what it lends at the moment it goes out, and where what comes of it is kept. */
@Injectable()
export class MailboxGrants {
  readonly #logger = new Logger('MailRounds');

  constructor(
    private readonly sites: SitesService,
    private readonly credentials: CredentialsService,
    private readonly proofs: ClientProofs,
    private readonly applicationTokens: ApplicationTokens,
  ) {}

  /** The grant, or why there is none. */
  async of(site: Site, { grant, userName }: PlannedOrder, until: Date): Promise<Supplied | string> {
    const owner = { siteId: site.id, userName };
    if (grant !== 'access-token') {
      const unusable = await this.#clientSecretProblem(site, grant);
      if (unusable) return unusable;
    }
    switch (grant) {
      case 'client-credentials':
        return { grant: { kind: grant } };
      case 'refresh-token': {
        const token = await this.credentials.refreshToken(owner);
        if (token === 'none') return NOT_SIGNED_IN;
        if (token === 'locked') return LOCKED;
        return { grant: { kind: grant, refreshToken: token.value }, refresh: token };
      }
      case 'access-token': {
        const goodUntil = new Date(until.getTime() + MARGIN_MS);
        const token =
          site.grant === 'app-only'
            ? ((await this.applicationTokens.get(site, userName, goodUntil)) ?? 'none')
            : await this.credentials.accessToken(owner, goodUntil);
        if (token === 'none') return site.grant === 'app-only' ? NOT_OBTAINED : NOT_REFRESHED;
        if (token === 'locked') return LOCKED;
        return {
          grant: { kind: grant, accessToken: token.value, expiresAt: token.expiresAt.toISOString() },
        };
      }
    }
  }

  /** Keeps what a services server obtained, if it is whose it should be. */
  async keep(
    { siteId, grant, userName, serverId }: PlannedOrder & { siteId: string },
    used: UsedRefreshToken | undefined,
    tokens: Tokens,
    said: TokenClaims | undefined,
  ): Promise<void> {
    const claims = toldBy(said, tokens.accessToken);
    const site = await this.sites.get(siteId);
    const { tenant, clientId } = site;
    const owner = { siteId, userName };
    const problem =
      grant === 'client-credentials'
        ? notTheApplications(site, claims)
        : notHis({ userName, tenant, clientId, known: await this.credentials.knownAs(owner) }, claims);
    if (problem) {
      this.#logger.warn({ event: 'tokens-refused', siteId, serverId, userName, reason: problem });
      return;
    }
    if (used) return this.credentials.keepRefreshed(owner, { tokens, claims, used, serverId });
    await this.applicationTokens.keep(site, userName, {
      value: tokens.accessToken,
      expiresAt: new Date(tokens.expiresAt),
    });
  }

  /** A refresh token that has never been used with success was refused. */
  async drop(
    { siteId, userName }: PlannedOrder & { siteId: string },
    refused: UsedRefreshToken | undefined,
  ): Promise<void> {
    if (refused) await this.credentials.dropCandidate({ siteId, userName }, refused);
  }

  /** The application's own token needs a secret; a refresh token does where the application has one. */
  async #clientSecretProblem(site: Site, grant: PlannedOrder['grant']): Promise<string | null> {
    try {
      if ((await this.proofs.areThere(site.id)) || grant !== 'client-credentials') return null;
      return 'The site has neither client certificate nor client secret, without which the application cannot sign in: set one with PUT /v1/sites/{siteId}/client-certificate or PUT /v1/sites/{siteId}/client-secret.';
    } catch (error) {
      const locked = clientSecretLocked();
      if (error instanceof MailpathError && error.refusal?.key === locked.key) return locked.words.en;
      throw error;
    }
  }
}
