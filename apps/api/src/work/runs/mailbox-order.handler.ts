import { Injectable } from '@nestjs/common';
import type { CheckResult, Role, Tokens } from '@mailpath/protocol';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Clock } from '../../platform/clock.ts';
import { HoldsService } from '../../trust/holds/holds.service.ts';
import { WHY_NOT_LENT } from '../../estate/servers/lendee.ts';
import { ClientProofs } from '../orders/client-proofs.service.ts';
import { leaseOf } from '../orders/lease-of.ts';
import type { OrderEnd } from '../orders/order.ts';
import type { Order, OrderHandler, Prepared } from '../orders/order-handler.ts';
import { RunRecords } from './run-records.service.ts';
import type { Withheld } from './run.ts';
import { MailboxGrants } from './mailbox-grants.service.ts';
import { isToken, type PlannedOrder, withoutHeld } from './plan.ts';

const WHY: Partial<Record<OrderEnd, string>> = {
  unsent: 'The agent of this server was not connected when its turn came.',
  'not-made': 'The order could not be made; the log of Mailpath holds the reason (order-not-made).',
  'waits-already':
    'The same server waits for its turn to sign in as this user already, for a run that was asked before: see the results of that one.',
  'gave-up': 'Its turn did not come in time: others were signing in to the same mailboxes.',
  'lent-too-often':
    'This server was lent what signs in as this user 120 times within an hour, more than any schedule needs: see GET /v1/sites/{siteId}/leases. It goes on within the hour.',
  ...WHY_NOT_LENT,
};

/**
 * Opens what one user's token opens: with a refresh token, as the application itself, or with an access token of
 * either.
 */
@Injectable()
export class MailboxOrderHandler implements OrderHandler {
  readonly kind = 'mailbox';

  constructor(
    private readonly clock: Clock,
    private readonly sites: SitesService,
    private readonly holds: HoldsService,
    private readonly proofs: ClientProofs,
    private readonly grants: MailboxGrants,
    private readonly records: RunRecords,
  ) {}

  async prepare(order: Order, expiresAt: Date, roles: readonly Role[]): Promise<Prepared> {
    const planned = plannedOf(order);
    const { siteId, id, userName } = planned;
    const left = withoutHeld(planned, await this.holds.now(siteId, this.clock.now()));
    const kept = left.order?.tasks ?? [];
    const tasks = planned.tasks.flatMap((task, place) => (kept.includes(task) ? [place] : []));
    const isLeft = (place: number): boolean => tasks.includes(place);
    const gone = order.open.filter((place) => !isLeft(place)).length;
    if (left.withheld.length > 0) await this.#withhold(order, gone, left.withheld);
    if (!left.order) return { tasks: [] };
    const site = await this.sites.get(siteId);
    const found = await this.grants.of(site, planned, expiresAt);
    if (typeof found === 'string') {
      const rest = order.open.filter(isLeft).length;
      await this.#withhold(order, rest, [{ userName, reason: found, until: null }]);
      return { tasks: [] };
    }
    const given = { id, expiresAt, userName, grant: found.grant };
    const lease = await leaseOf(site, roles, { ...given, proof: () => this.proofs.of(site, expiresAt) });
    const lent = found.refresh && {
      lent: { sealed: found.refresh.sealed.toString('base64'), isCandidate: found.refresh.isCandidate },
    };
    return { tasks, lease, detail: lent ?? {} };
  }

  obtains({ detail }: Order): boolean {
    return detail.grant !== 'access-token';
  }

  /** Tokens count once the result of their own check tells whose they are. */
  async obtained(order: Order, result: CheckResult, tokens: Tokens | null): Promise<void> {
    if (!isToken(result) || !this.obtains(order)) return;
    const planned = plannedOf(order);
    if (getsThrough(result) && tokens)
      await this.grants.keep(planned, lentOf(order), tokens, result.evidence.claims);
    else if (this.excuses(order, result)) await this.grants.drop(planned, lentOf(order));
  }

  /** A refusal of a refresh token that has never worked says nothing of the good one behind it. */
  excuses({ detail }: Order, { check, failure }: CheckResult): boolean {
    return (
      check === 'token.refresh' &&
      failure?.code === 'denied' &&
      failure.phase === 'token' &&
      detail.lent?.isCandidate === true
    );
  }

  async ended(order: Order, how: OrderEnd): Promise<void> {
    const why = WHY[how];
    if (why && order.open.length > 0)
      await this.#withhold(order, order.open.length, [
        { userName: plannedOf(order).userName, reason: why, until: null },
      ]);
  }

  #withhold({ siteId, runId, serverId }: Order, count: number, withheld: readonly Withheld[]): Promise<void> {
    return this.records.withhold({ siteId, id: runId }, serverId, count, withheld);
  }
}

/** The order as it was planned; one without a user or a grant was never planned as one of these. */
function plannedOf(order: Order): PlannedOrder & Pick<Order, 'siteId' | 'id'> {
  const { siteId, id, serverId, agentId, userName, detail } = order;
  if (userName === null || !detail.grant) throw new Error(`order ${id} lacks its user or its grant`);
  return { siteId, id, serverId, agentId, userName, grant: detail.grant, tasks: [...order.tasks] };
}

const lentOf = ({ detail: { lent } }: Order) =>
  lent && { sealed: Buffer.from(lent.sealed, 'base64'), isCandidate: lent.isCandidate };

const getsThrough = ({ outcome }: CheckResult): boolean => outcome === 'pass' || outcome === 'warn';
