import { type Skip, runLeased, skipped } from '@mailpath/checks';
import type { CheckResult, Lease, RunOrder } from '@mailpath/protocol';
import { notAllowed, permits } from './allow.ts';
import type { Handover } from './handovers.ts';
import type { RoundsOptions } from './rounds.ts';

/** An order that lends what its tasks sign in with. */
export type LeasedOrder = RunOrder & { lease: Lease };

type LeasedOptions = Parameters<typeof runLeased>[2];

const ORDERS_WAITING = 10;

export interface LeasedOrdersOptions extends RoundsOptions {
  /** Takes what the API is to keep, at once and before the results; `expiresAt` is the lease's. */
  onHandover: (handover: Handover, expiresAt: string) => void;
  /** The checks that are known; those of the catalogue by default. */
  catalogue?: LeasedOptions['catalogue'];
}

/**
 * Runs orders with a lease, one at a time and beside the rounds: signing in to one mailbox by several connections at
 * once is what Exchange throttles. An order that waits for a person opens no mailbox, and holds up none. The lease is
 * in memory only, from the order's arrival until it has run.
 */
export class LeasedOrders {
  readonly #options: LeasedOrdersOptions;
  readonly #stop = new AbortController();
  #orders: LeasedOrder[] = [];
  #working = false;
  /** Orders that wait for a person. */
  #people = 0;

  constructor(options: LeasedOrdersOptions) {
    this.#options = options;
  }

  /** One too many is answered as skipped. */
  order(order: LeasedOrder): void {
    const waiting = this.#orders.length + this.#people;
    if (waiting >= ORDERS_WAITING) {
      this.#options.log.warn('run refused', { runId: order.runId, waiting });
      return this.#skip(order, {
        code: 'too-many-waiting',
        about: String(ORDERS_WAITING),
        reason: `not run: ${ORDERS_WAITING} orders with a lease are waiting on this server already`,
      });
    }
    if (order.lease.grant.kind === 'device-code') return void this.#waitForPerson(order);
    this.#orders.push(order);
    if (!this.#working) void this.#workOff();
  }

  /** Ends what runs, forgets every lease, and lets nothing begin. A check cut off leaves no result. */
  stop(): void {
    this.#orders = [];
    this.#stop.abort();
  }

  /** Whether an order runs, or waits for a person. */
  get busy(): boolean {
    return this.#working || this.#people > 0;
  }

  async #workOff(): Promise<void> {
    this.#working = true;
    for (let order = this.#orders.shift(); order; order = this.#orders.shift()) await this.#run(order);
    this.#working = false;
  }

  async #waitForPerson(order: LeasedOrder): Promise<void> {
    this.#people += 1;
    await this.#run(order);
    this.#people -= 1;
  }

  async #run(order: LeasedOrder): Promise<void> {
    const { allowed, log, onHandover } = this.#options;
    const { lease, runId, tasks } = order;
    const startedMs = performance.now();
    const leftMs = Date.parse(lease.expiresAt) - Date.now();
    if (leftMs <= 0) {
      log.warn('lease expired', { runId, leaseId: lease.id, expiresAt: lease.expiresAt });
      return this.#skip(order, {
        code: 'lease-expired',
        about: lease.expiresAt,
        reason: `not run: its lease expired at ${lease.expiresAt}, according to the clock of this server`,
      });
    }
    const permitted = tasks.filter((task) => permits(allowed, task));
    for (const task of tasks) {
      if (!permitted.includes(task)) this.#report(notAllowed(allowed, task), runId);
    }
    const handOver = (handover: Handover): void => {
      if (!this.#stop.signal.aborted) onHandover(handover, lease.expiresAt);
    };
    await runLeased(permitted, lease, {
      ...this.#conditions(order, Math.min(order.roundDeadlineMs, leftMs)),
      onObtained: (obtained) => handOver({ event: 'tokens', data: { leaseId: lease.id, ...obtained } }),
      onDeviceCode: (code) => handOver({ event: 'device-code', data: { leaseId: lease.id, ...code } }),
    });
    log.info('leased order', {
      runId,
      leaseId: lease.id,
      tasks: tasks.length,
      notAllowed: tasks.length - permitted.length,
      ms: Math.round(performance.now() - startedMs),
    });
  }

  #conditions({ checkDeadlineMs, runId }: LeasedOrder, roundDeadlineMs: number): LeasedOptions {
    const { gate, pins, proxyFor, catalogue } = this.#options;
    return {
      roundDeadlineMs,
      checkDeadlineMs,
      signal: this.#stop.signal,
      ...(gate && { gate }),
      ...(pins && { pins }),
      ...(proxyFor && { proxyFor }),
      ...(catalogue && { catalogue }),
      onProgress: (event) => {
        if ('result' in event) this.#report(event.result, runId);
      },
    };
  }

  #skip(order: LeasedOrder, why: Skip): void {
    for (const task of order.tasks) this.#report(skipped(task.check, task.target, why), order.runId);
  }

  #report(result: CheckResult, runId: string): void {
    if (!this.#stop.signal.aborted) this.#options.onResult(result, runId);
  }
}
