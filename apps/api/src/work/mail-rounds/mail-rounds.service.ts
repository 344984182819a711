import { Injectable, Logger } from '@nestjs/common';
import type { TokenClaims, Tokens } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { CredentialsService } from '../../trust/credentials/credentials.service.ts';
import { notHis, notTheApplications, toldBy } from '../../trust/credentials/token-owner.ts';
import { MailpathError } from '../../platform/errors.ts';
import { HoldsService } from '../../trust/holds/holds.service.ts';
import { LeasesService } from '../leases/leases.service.ts';
import { MailboxesService } from '../../estate/mailboxes/mailboxes.service.ts';
import { RunRecords } from '../runs/run-records.service.ts';
import { CLIENT_SECRET_LOCKED, ClientSecretsService } from '../../trust/secrets/client-secrets.service.ts';
import type { Site } from '../../estate/sites/site.ts';
import { ApplicationTokens } from './application-tokens.ts';
import { byUser, type UserMailboxes } from '../../fleet/tasks/mail-tasks.ts';
import { type AskedServer, plan, type Plan, type PlannedOrder } from './plan.ts';
import { leasedOrder, type OrderSupply, type QueuedRun, queueMs, type Supplied } from './planned-order.ts';

/** How long an access token must still be good beyond the lease. */
const MARGIN_MS = 60_000;

const LOCKED =
  'The stored sign-in cannot be opened: the key of Mailpath (MAILPATH_SECRET_KEY, or the file secret-key) is not the one it was sealed with. Put that key back and start again, or sign in again.';
const NOT_REFRESHED =
  'No services server has refreshed the token of this user: application servers send with a token that a services server obtained.';
const NOT_OBTAINED =
  'No services server has obtained a token of the application: application servers send with a token that a services server obtained.';
const NOT_SIGNED_IN = 'This user has not signed in yet, or was forgotten: start a sign-in for it.';

/** Signing in to the mailboxes of a site: who is asked what, and the orders with what they may use. */
@Injectable()
export class MailRounds {
  readonly #logger = new Logger('MailRounds');

  constructor(
    private readonly clock: Clock,
    private readonly mailboxes: MailboxesService,
    private readonly credentials: CredentialsService,
    private readonly secrets: ClientSecretsService,
    private readonly holds: HoldsService,
    private readonly leases: LeasesService,
    private readonly records: RunRecords,
    private readonly applicationTokens: ApplicationTokens,
  ) {}

  /** The mailboxes of a site by who signs in to them. */
  async users(site: Site): Promise<UserMailboxes[]> {
    const [mailboxes, credentials] = await Promise.all([
      this.mailboxes.all(site.id),
      this.credentials.all(site.id),
    ]);
    return byUser(site, mailboxes, credentials);
  }

  /** What can be asked of these servers now, and what cannot. */
  async plan(site: Site, servers: readonly AskedServer[], checks?: readonly string[]): Promise<Plan> {
    const mailboxes = await this.mailboxes.all(site.id);
    if (mailboxes.length === 0) return { orders: [], withheld: new Map() };
    const [credentials, holds] = await Promise.all([
      this.credentials.all(site.id),
      this.holds.now(site.id, this.clock.now()),
    ]);
    const planned = plan({ site, servers, mailboxes, credentials, holds, checks });
    const missing = (['tenant', 'clientId'] as const).find((field) => site[field] === null);
    if (!missing || planned.orders.length === 0) return planned;
    for (const { serverId, userName } of planned.orders) {
      const reason = `The site has no ${missing}: set it with PATCH /v1/sites/${site.id}.`;
      planned.withheld.set(serverId, [
        ...(planned.withheld.get(serverId) ?? []),
        { userName, reason, until: null },
      ]);
    }
    return { orders: [], withheld: planned.withheld };
  }

  /** The longest that planned orders may take, those ahead of them in the queue included. */
  queueMs(siteId: string, orders: readonly PlannedOrder[]): number {
    const userNames = new Set(orders.map(({ userName }) => userName));
    const agentIds = new Set(orders.map(({ agentId }) => agentId));
    return queueMs(orders) + this.leases.aheadMs(siteId, userNames, agentIds);
  }

  /** Whether any sign-in of the run waits for its turn. */
  waits(runId: string): boolean {
    return this.leases.waits(runId);
  }

  /** Puts the planned orders of a run in the queue; those whose turn it is go out at once. */
  begin(site: Site, run: QueuedRun, orders: readonly PlannedOrder[]): Promise<void> {
    const supply: OrderSupply = {
      holds: () => this.holds.now(site.id, this.clock.now()),
      grant: (order, until) => this.#grantFor(site, order, until),
      clientSecret: () => this.secrets.open(site.id),
      keep: (order, supplied, tokens, claims) => this.#keep(site, order, supplied, tokens, claims),
      drop: ({ userName }, refused) => this.credentials.dropCandidate({ siteId: site.id, userName }, refused),
      withhold: ({ serverId }, count, withheld) =>
        this.records.withhold({ siteId: site.id, id: run.id }, serverId, count, withheld),
    };
    return this.leases.ask(orders.map((order) => leasedOrder(site, run, order, supply)));
  }

  async #grantFor(site: Site, { grant, userName }: PlannedOrder, until: Date): Promise<Supplied | string> {
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
            ? (this.applicationTokens.get(site, userName, goodUntil) ?? 'none')
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
  async #keep(
    site: Site,
    { grant, userName, serverId }: PlannedOrder,
    { refresh: used }: Supplied,
    tokens: Tokens,
    said: TokenClaims | undefined,
  ): Promise<void> {
    const claims = toldBy(said, tokens.accessToken);
    const { id: siteId, tenant, clientId } = site;
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
    const now = this.clock.now();
    this.applicationTokens.sweep(now);
    this.applicationTokens.keep(site, userName, {
      value: tokens.accessToken,
      expiresAt: new Date(tokens.expiresAt),
    });
  }

  /** The application's own token needs a secret; a refresh token does where the application has one. */
  async #clientSecretProblem(site: Site, grant: PlannedOrder['grant']): Promise<string | null> {
    try {
      const secret = await this.secrets.open(site.id);
      if (secret !== null || grant !== 'client-credentials') return null;
      return 'The site has no client secret, without which the application cannot sign in: set it with PUT /v1/sites/{siteId}/client-secret.';
    } catch (error) {
      if (error instanceof MailpathError && error.detail === CLIENT_SECRET_LOCKED)
        return CLIENT_SECRET_LOCKED;
      throw error;
    }
  }
}
