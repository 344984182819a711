import { Injectable, Logger } from '@nestjs/common';
import type { CheckResult, Tokens } from '@mailpath/protocol';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { CredentialsService } from '../../trust/credentials/credentials.service.ts';
import { notHis, toldBy } from '../../trust/credentials/token-owner.ts';
import { HoldsService } from '../../trust/holds/holds.service.ts';
import { WHY_NOT_LENT } from '../../estate/servers/lendee.ts';
import type { OrderEnd } from '../orders/order.ts';
import type { Order } from '../orders/order-handler.ts';
import { RunRecords } from '../runs/run-records.service.ts';
import type { SignInEntity } from './sign-in.entity.ts';
import { SignInRecords } from './sign-in-records.service.ts';

const WHY: Record<Exclude<OrderEnd, 'refused'>, string> = {
  'agent-left': "The agent's connection ended before it answered. Start the sign-in again.",
  expired: 'No answer came from the agent in time. Start the sign-in again.',
  unsent: 'The agent of the server is not connected any more. Start it, and then the sign-in again.',
  'not-made':
    'The order could not be made: the tenant, client id or client secret of the site has changed meanwhile, or the log of Mailpath holds the reason (order-not-made). Start the sign-in again.',
  'waits-already':
    'Another sign-in of this user waits for its turn at the same server. Let it come to its end, then start this one again.',
  'gave-up': 'Others were signing in as the same user for too long. Start the sign-in again.',
  withdrawn:
    'The approval of the server was withdrawn before its agent answered. Approve it, or choose another server, and start the sign-in again.',
  'lent-too-often':
    'The server was lent what signs in as this user 120 times within an hour: see GET /v1/sites/{siteId}/leases, and start the sign-in again later.',
  ...WHY_NOT_LENT,
};
/** Those in which nothing was asked of the agent. */
const UNASKED: ReadonlySet<OrderEnd> = new Set([
  'unsent',
  'not-made',
  'gave-up',
  'waits-already',
  'unapproved',
  'old-protocol',
  'lent-too-often',
]);

/** What becomes of a sign-in, by the answer to its order or without one. */
@Injectable()
export class FirstTokenOutcome {
  readonly #logger = new Logger('Redemption');

  constructor(
    private readonly sites: SitesService,
    private readonly credentials: CredentialsService,
    private readonly holds: HoldsService,
    private readonly runs: RunRecords,
    private readonly records: SignInRecords,
  ) {}

  async obtained(order: Order, result: CheckResult, tokens: Tokens | null): Promise<void> {
    const set = await this.#outcomeOf(order, order.userName ?? '', result, tokens);
    await this.records.note(signInOf(order), set);
  }

  async ended(order: Order, how: OrderEnd): Promise<void> {
    if (how === 'refused') return;
    const { siteId, serverId, runId, userName } = order;
    if (UNASKED.has(how))
      await this.runs.withhold({ siteId, id: runId }, serverId, 1, [
        { userName: userName ?? '', reason: WHY[how], until: null },
      ]);
    await this.records.note(signInOf(order), { state: 'failed', failure: WHY[how] });
  }

  /** Keeps the tokens, if they are of the user who was to sign in; what becomes of the sign-in. */
  async #outcomeOf(
    { siteId, serverId }: Order,
    userName: string,
    result: CheckResult,
    tokens: Tokens | null,
  ): Promise<Partial<SignInEntity>> {
    const { outcome, evidence } = result;
    if ((outcome !== 'pass' && outcome !== 'warn') || !tokens) return failed(result);
    const owner = { siteId, userName };
    const claims = toldBy(evidence.claims, tokens.accessToken);
    const { tenant, clientId } = await this.sites.get(siteId);
    const known = await this.credentials.knownAs(owner);
    const problem = notHis({ userName, tenant, clientId, known }, claims);
    if (problem) {
      this.#logger.warn({ event: 'tokens-refused', ...owner, serverId, reason: problem });
      return { state: 'failed', resultId: result.id, failure: `${problem} Nothing was kept.` };
    }
    await this.credentials.keepNew(owner, tokens, claims, serverId);
    await this.holds.release(siteId, userName);
    return { state: 'done', resultId: result.id };
  }
}

/** The sign-in that an order is for. */
export function signInOf({ siteId, id, detail }: Order): Pick<SignInEntity, 'siteId' | 'id'> {
  if (detail.signInId === undefined) throw new Error(`order ${id} lacks its sign-in`);
  return { siteId, id: detail.signInId };
}

function failed(result: CheckResult): Partial<SignInEntity> {
  const { id: resultId, failure, reason, outcome, evidence } = result;
  const why = failure?.message ?? (outcome === 'skipped' ? reason : null);
  return {
    state: 'failed',
    resultId,
    failure:
      why ?? 'The agent obtained no token, or did not hand it in. Update the agent, and sign in again.',
    aadsts: evidence.token?.aadsts ?? null,
  };
}
