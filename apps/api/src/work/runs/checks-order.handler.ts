import { Injectable } from '@nestjs/common';
import type { Order, OrderHandler, Prepared } from '../orders/order-handler.ts';

/** Checks that need no credential: they go out as they were asked, and their results say all that there is to say. */
@Injectable()
export class ChecksOrderHandler implements OrderHandler {
  readonly kind = 'checks';

  prepare({ tasks }: Order): Promise<Prepared> {
    return Promise.resolve({ tasks: tasks.map((_, place) => place) });
  }

  obtains(): boolean {
    return false;
  }

  obtained(): Promise<void> {
    return Promise.resolve();
  }

  excuses(): boolean {
    return false;
  }

  /** The run shows who did not answer. */
  ended(): Promise<void> {
    return Promise.resolve();
  }
}
