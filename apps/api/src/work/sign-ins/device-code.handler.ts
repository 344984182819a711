import { Injectable } from '@nestjs/common';
import type { CheckResult, DeviceCode, Role, Tokens } from '@mailpath/protocol';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { leaseOf, NO_PROOF } from '../orders/lease-of.ts';
import type { OrderEnd } from '../orders/order.ts';
import type { Order, OrderHandler, Prepared } from '../orders/order-handler.ts';
import { isDevicePage, notMicrosofts } from './device-page.ts';
import { FirstTokenOutcome, signInOf } from './first-token-outcome.service.ts';
import { SignInRecords } from './sign-in-records.service.ts';

/** Lets a person type a code, which lends nothing: a public client has no secret (RFC 8628, section 3.1). */
@Injectable()
export class DeviceCodeHandler implements OrderHandler {
  readonly kind = 'device-code';

  constructor(
    private readonly sites: SitesService,
    private readonly records: SignInRecords,
    private readonly outcome: FirstTokenOutcome,
  ) {}

  async prepare(order: Order, expiresAt: Date, roles: readonly Role[]): Promise<Prepared> {
    const { siteId, id, userName } = order;
    if (userName === null) throw new Error(`order ${id} lacks its user`);
    const proof = () => Promise.resolve(NO_PROOF);
    const given = { id, expiresAt, userName, grant: { kind: this.kind }, proof } as const;
    return { tasks: [0], lease: await leaseOf(await this.sites.get(siteId), roles, given) };
  }

  obtains(): boolean {
    return true;
  }

  /** Shows the page to type the code at, if it is one that a person may be sent to. */
  async show(order: Order, { userCode, verificationUri, expiresAt }: DeviceCode): Promise<boolean> {
    const signIn = signInOf(order);
    if (isDevicePage(await this.sites.get(order.siteId), verificationUri)) {
      await this.records.note(signIn, { userCode, verificationUri, expiresAt: new Date(expiresAt) });
      return true;
    }
    await this.records.note(signIn, { state: 'failed', failure: notMicrosofts(verificationUri) });
    return false;
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
