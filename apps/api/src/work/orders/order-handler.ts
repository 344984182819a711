import type { CheckResult, DeviceCode, Lease, Role, Task, Tokens } from '@mailpath/protocol';
import type { Place } from '../../trust/secrets/secret-box.ts';
import type { Claim } from './lendable.ts';
import type { OrderEnd, OrderLife } from './order.ts';

/** `checks` need no credential; `mailbox`: what one user's token opens; the others obtain a user's first token. */
export type OrderKind = 'checks' | 'mailbox' | 'redemption' | 'device-code';

/** What a handler keeps of an order between its calls. It is stored in plain: nothing in it opens anything. */
export interface OrderDetail {
  /** Of an order for mailboxes. */
  grant?: 'refresh-token' | 'access-token' | 'client-credentials';
  /** The refresh token that was lent, as it is stored (sealed, base64). */
  lent?: { sealed: string; isCandidate: boolean };
  /** The sign-in that it is for. */
  signInId?: string;
}

/** An order as whoever asks for it makes it. */
export interface NewOrder {
  readonly siteId: string;
  readonly kind: OrderKind;
  /** What for, such as a regular round: one waits as a user at a server for each. */
  readonly purpose: string;
  readonly runId: string;
  readonly serverId: string;
  readonly agentId: string;
  readonly userName: string | null;
  readonly uses: Claim['uses'];
  readonly tasks: readonly Task[];
  readonly checkDeadlineMs: number;
  readonly roundDeadlineMs: number;
  readonly lastsMs: number;
  readonly giveUpAt: number;
  readonly waitsForPerson: boolean;
  readonly repeatable: boolean;
  readonly detail: OrderDetail;
  /** Sealed when it is stored. */
  readonly grant?: string;
}

/** An order as it stands. */
export interface Order extends Omit<NewOrder, 'grant'>, OrderLife, Claim {
  readonly id: string;
  readonly state: OrderLife['state'];
  readonly userName: string | null;
  readonly lentAt: readonly number[];
  readonly lentUntil: number | null;
  readonly sealedGrant: Buffer | null;
  readonly sealedTokens: Buffer | null;
}

/** What goes out with an order. */
export interface Prepared {
  /** Those of its tasks that are asked, by their places in the list; the rest is not expected any more. */
  readonly tasks: readonly number[];
  readonly lease?: Lease;
  readonly detail?: OrderDetail;
}

/** What is done for one kind of order. Of an order nothing is in memory: each call may come in another process. */
export interface OrderHandler {
  readonly kind: OrderKind;
  /**
   * What goes out to a server with these roles, made when the order is given; no tasks when there is nothing left to
   * ask.
   */
  prepare(order: Order, expiresAt: Date, roles: readonly Role[]): Promise<Prepared>;
  /** Whether tokens that the agent obtained with the lease are of any use. */
  obtains(order: Order): boolean;
  /** False for a page that nobody is to be sent to: the order ends. */
  show?(order: Order, code: DeviceCode): Promise<boolean>;
  /** The first result of a task, with the tokens that were handed in before it. */
  obtained(order: Order, result: CheckResult, tokens: Tokens | null): Promise<void>;
  /** Whether the refusal in this result says nothing of the credential that is kept. */
  excuses(order: Order, result: CheckResult): boolean;
  /** The order is over without every answer. */
  ended(order: Order, why: OrderEnd): Promise<void>;
}

/** Where what an order lends is sealed. */
export const grantPlace = ({ siteId, id }: Pick<Order, 'siteId' | 'id'>): Place => ({
  purpose: 'order-grant',
  siteId,
  key: id,
});
