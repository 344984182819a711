import type { CheckResult, DeviceCode, Role, RunOrder, Tokens } from '@mailpath/protocol';
import type { Claim } from './lease-book.ts';
import type { NotLent } from '../../trust/lending/lendee.ts';

/**
 * How a leased order ended. `unsent`: the agent had gone, or nothing was left to ask; `not-made`: a fault of ours, or of what is set;
 * `gave-up`: its turn did not come in time; `waits-already`: one like it waits; `withdrawn`: the agent is not to be lent anything any
 * more; `refused`: what it handed in was. The rest is why it was lent nothing.
 */
export type OrderEnd =
  | 'answered'
  | 'agent-left'
  | 'expired'
  | 'unsent'
  | 'not-made'
  | 'gave-up'
  | 'waits-already'
  | 'withdrawn'
  | 'refused'
  | NotLent;

/** An order that may go out once it has a lease; who asked for it says what goes out, and hears what comes of it. */
export interface LeasedOrder extends Claim {
  readonly runId: string;
  readonly serverId: string;
  /** What goes out to a server with these roles, made when the lease is given; null when there is nothing left to ask. */
  prepare(expiresAt: Date, roles: readonly Role[]): Promise<RunOrder | null>;
  /** Tokens that the agent obtained with the lease, whose result follows; left out where it is to obtain none. */
  obtained?(tokens: Tokens): void;
  /** False for a page that nobody is to be sent to: the lease ends. */
  show?(code: DeviceCode): Promise<boolean>;
  answered?(result: CheckResult): Promise<void>;
  /** Whether the refusal in this result says nothing of the credential that is kept. */
  excuses?(result: CheckResult): boolean;
  ended(how: OrderEnd): Promise<void>;
}
