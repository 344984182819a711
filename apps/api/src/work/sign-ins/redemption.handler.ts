import { Injectable } from '@nestjs/common';
import type { CheckResult, Grant, Role, Tokens } from '@mailpath/protocol';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Sealer } from '../../trust/secrets/sealer.ts';
import { ClientProofs } from '../orders/client-proofs.service.ts';
import { leaseOf } from '../orders/lease-of.ts';
import type { OrderEnd } from '../orders/order.ts';
import { grantPlace, type Order, type OrderHandler, type Prepared } from '../orders/order-handler.ts';
import { FirstTokenOutcome } from './first-token-outcome.service.ts';

/** Redeems the code with which a browser came back. */
@Injectable()
export class RedemptionHandler implements OrderHandler {
  readonly kind = 'redemption';

  constructor(
    private readonly sites: SitesService,
    private readonly proofs: ClientProofs,
    private readonly sealer: Sealer,
    private readonly outcome: FirstTokenOutcome,
  ) {}

  async prepare(order: Order, expiresAt: Date, roles: readonly Role[]): Promise<Prepared> {
    const { siteId, id, userName, sealedGrant } = order;
    const opened = sealedGrant && this.sealer.open(sealedGrant, grantPlace(order));
    if (opened === null || userName === null) throw new Error('what the order lends cannot be opened');
    const grant = JSON.parse(opened) as Grant;
    const site = await this.sites.get(siteId);
    const given = { id, expiresAt, userName, grant, proof: () => this.proofs.of(site, expiresAt) };
    return { tasks: [0], lease: await leaseOf(site, roles, given) };
  }

  obtains(): boolean {
    return true;
  }

  obtained(order: Order, result: CheckResult, tokens: Tokens | null): Promise<void> {
    return this.outcome.obtained(order, result, tokens);
  }

  excuses(): boolean {
    return false;
  }

  ended(order: Order, how: OrderEnd): Promise<void> {
    return this.outcome.ended(order, how);
  }
}
