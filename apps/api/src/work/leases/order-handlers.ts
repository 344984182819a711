import { Injectable } from '@nestjs/common';
import { MailboxOrderHandler } from '../runs/mailbox-order.handler.ts';
import type { Order, OrderHandler } from '../orders/order-handler.ts';
import { ChecksOrderHandler } from '../runs/checks-order.handler.ts';
import { DeviceCodeHandler } from '../sign-ins/device-code.handler.ts';
import { RedemptionHandler } from '../sign-ins/redemption.handler.ts';

/** Every kind of order, and who handles it. */
@Injectable()
export class OrderHandlers {
  readonly #list: readonly OrderHandler[];

  constructor(
    checks: ChecksOrderHandler,
    mailbox: MailboxOrderHandler,
    redemption: RedemptionHandler,
    deviceCode: DeviceCodeHandler,
  ) {
    this.#list = [checks, mailbox, redemption, deviceCode];
  }

  of({ kind }: Order): OrderHandler {
    const handler = this.#list.find((one) => one.kind === kind);
    if (!handler) throw new Error(`no handler for orders of the kind ${kind}`);
    return handler;
  }
}
