import type { AgentMessage } from '@mailpath/protocol';
import type { Log } from './log.ts';

/** What a leased order hands on to the API: secret, so no result, no log line and no file holds it. */
export type Handover = Extract<AgentMessage, { event: 'tokens' | 'device-code' }>;

/**
 * `followed`: results were sent after it on the same connection, so that their acknowledgement says that it came too.
 */
type State = 'waiting' | 'sent' | 'followed';

interface Held {
  readonly message: Handover;
  readonly expiry: NodeJS.Timeout;
  state: State;
}

/**
 * More than any order obtains; sent at one go with a batch behind them, they are still fewer frames than an API takes
 * at a time.
 */
const MOST_HELD = 6;
/** Beyond this a timer would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Tokens and device codes on their way to the API. They are held in memory alone, until results that were sent after
 * them are acknowledged, and no longer than their lease lasts.
 */
export class Handovers {
  readonly #log: Log;
  #held: Held[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** `expiresAt` is the lease's, in RFC 3339. */
  add(message: Handover, expiresAt: string): void {
    const leftMs = Math.max(0, Math.min(Date.parse(expiresAt) - Date.now(), LONGEST_TIMER_MS));
    const expiry = setTimeout(() => this.#giveUp((one) => one === held, 'the lease has expired'), leftMs);
    expiry.unref();
    const held: Held = { message, expiry, state: 'waiting' };
    this.#held.push(held);
    const [oldest] = this.#held;
    if (this.#held.length > MOST_HELD) this.#giveUp((one) => one === oldest, 'too many are waiting');
  }

  /** What this connection has not yet carried, in order; it counts as sent from here on. */
  takeUnsent(): Handover[] {
    const unsent = this.#held.filter(({ state }) => state === 'waiting');
    for (const held of unsent) held.state = 'sent';
    return unsent.map(({ message }) => message);
  }

  /** A batch of results goes out behind what was sent. */
  batchSent(): void {
    for (const held of this.#held) if (held.state === 'sent') held.state = 'followed';
  }

  /** The batch was stored: what went before it on the same connection has come, and is forgotten. */
  batchStored(): void {
    this.#forget(({ state }) => state === 'followed');
  }

  /** The connection is over: whether the API got what was sent is not known, so it is sent once more. */
  connectionLost(): void {
    for (const held of this.#held) held.state = 'waiting';
  }

  /**
   * The API cannot read what this connection carried: sent again, it would end every further connection. True if there
   * was any.
   */
  giveUpSent(): boolean {
    return this.#giveUp(({ state }) => state !== 'waiting', 'the API cannot read it');
  }

  clear(): void {
    this.#forget(() => true);
  }

  #giveUp(which: (held: Held) => boolean, reason: string): boolean {
    const given = this.#held.filter(which);
    for (const { message } of given) {
      const { event, data } = message;
      this.#log.warn('handover given up', { kind: event, leaseId: data.leaseId, reason });
    }
    this.#forget(which);
    return given.length > 0;
  }

  #forget(which: (held: Held) => boolean): void {
    for (const { expiry } of this.#held.filter(which)) clearTimeout(expiry);
    this.#held = this.#held.filter((held) => !which(held));
  }
}
