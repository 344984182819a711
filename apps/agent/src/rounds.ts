import {
  lookAgain,
  runRound,
  skipped,
  type Gate,
  type RoundOptions,
  type Skip,
  type TrustStore,
} from '@mailpath/checks';
import type { CheckResult, RunOrder } from '@mailpath/protocol';
import { notAllowed, permits, type AllowList } from './allow.ts';
import { CheckSlots } from './check-slots.ts';
import type { Log } from './log.ts';
import type { ProxyRule } from './proxy.ts';

/** A scheduled and an ordered round may run side by side, and both together make at most 20 checks at once. */
const CHECKS_AT_ONCE_PER_ROUND = 10;
const CHECKS_AT_ONCE = 20;
const ORDERS_WAITING = 10;
const TOO_LATE: Skip = {
  code: 'no-time',
  reason: 'the deadline of the round had passed before its turn came',
};

export interface RoundsOptions {
  allowed: AllowList;
  /** Asked of every connection. */
  gate?: Gate;
  /** The most checks of scheduled and ordered rounds together; 20 at most. */
  mostChecksAtOnce?: number;
  /** Addresses that this machine's administrator gave for names. */
  pins?: ReadonlyMap<string, readonly string[]>;
  /** The proxy that the web checks go through, as this machine's administrator wants it. */
  proxyFor?: ProxyRule;
  /** Further lists of roots to hold chains against, such as ECE's Java store. */
  stores?: () => readonly TrustStore[];
  /** Takes each result as soon as it is there. */
  onResult: (result: CheckResult, runId: string | null) => void;
  log: Log;
}

export interface RoundPlan extends Pick<RunOrder, 'tasks' | 'checkDeadlineMs' | 'roundDeadlineMs'> {
  /** For looking again at what failed, once the round is over; as long as the round itself unless told. */
  secondLookMs?: number;
}

/** Runs rounds within this machine's limits, which no API can raise: permitted targets only, bounded side by side. */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #stop = new AbortController();
  readonly #slots: CheckSlots;
  #orders: RunOrder[] = [];
  #working = false;
  #running = 0;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#slots = new CheckSlots(Math.min(CHECKS_AT_ONCE, options.mostChecksAtOnce ?? CHECKS_AT_ONCE));
  }

  /** One round of the schedule. */
  async scheduled(plan: RoundPlan): Promise<void> {
    await this.#round(plan, null);
  }

  /** Whether a check runs now. */
  get busy(): boolean {
    return this.#running > 0;
  }

  /** A round asked for now. They are worked off one after the other; one too many is answered as skipped. */
  order(order: RunOrder): void {
    if (this.#orders.length >= ORDERS_WAITING) {
      this.#options.log.warn('run refused', { runId: order.runId, waiting: this.#orders.length });
      const why: Skip = {
        code: 'too-many-waiting',
        about: String(ORDERS_WAITING),
        reason: `not run: ${ORDERS_WAITING} runs are waiting on this server already`,
      };
      for (const task of order.tasks)
        this.#options.onResult(skipped(task.check, task.target, why), order.runId);
      return;
    }
    this.#orders.push(order);
    if (!this.#working) void this.#workOff();
  }

  /** Ends what runs, and lets nothing begin. A check cut off says nothing about the path, so it leaves no result. */
  stop(): void {
    this.#orders = [];
    this.#stop.abort();
  }

  async #workOff(): Promise<void> {
    this.#working = true;
    for (let order = this.#orders.shift(); order; order = this.#orders.shift()) {
      await this.#round(order, order.runId);
    }
    this.#working = false;
  }

  async #round(plan: RoundPlan, runId: string | null): Promise<void> {
    this.#running += 1;
    try {
      await this.#wholeRound(plan, runId);
    } finally {
      this.#running -= 1;
    }
  }

  async #wholeRound(plan: RoundPlan, runId: string | null): Promise<void> {
    const { allowed, log } = this.#options;
    const startedMs = performance.now();
    const permitted = plan.tasks.filter((task) => permits(allowed, task));
    for (const task of plan.tasks) {
      if (!permitted.includes(task)) this.#report(notAllowed(allowed, task), runId);
    }
    const seen: CheckResult[] = [];
    const atOnce = Math.min(CHECKS_AT_ONCE_PER_ROUND, this.#slots.most);
    for (let i = 0; i < permitted.length; i += atOnce) {
      const part = permitted.slice(i, i + atOnce);
      await this.#slots.hold(part.length, async () => {
        // A long list is worked off in parts, and the deadline is that of all of them together.
        const roundDeadlineMs = plan.roundDeadlineMs - (performance.now() - startedMs);
        if (roundDeadlineMs > 0)
          seen.push(...(await runRound(part, this.#conditions(plan, roundDeadlineMs, runId))));
        else for (const task of part) this.#report(skipped(task.check, task.target, TOO_LATE), runId);
      });
    }
    const again = await this.#slots.hold(1, () =>
      lookAgain(seen, this.#conditions(plan, plan.secondLookMs ?? plan.roundDeadlineMs, runId)),
    );
    log.info('round', {
      runId,
      tasks: plan.tasks.length,
      notAllowed: plan.tasks.length - permitted.length,
      again: again.length,
      ms: Math.round(performance.now() - startedMs),
    });
  }

  /**
   * Every result is kept as it comes: should the process be killed before the round is over, what was seen is not lost.
   */
  #conditions(plan: RoundPlan, roundDeadlineMs: number, runId: string | null): RoundOptions {
    return {
      roundDeadlineMs,
      checkDeadlineMs: plan.checkDeadlineMs,
      signal: this.#stop.signal,
      ...(this.#options.stores ? { stores: this.#options.stores() } : {}),
      ...(this.#options.gate ? { gate: this.#options.gate } : {}),
      ...(this.#options.pins ? { pins: this.#options.pins } : {}),
      ...(this.#options.proxyFor ? { proxyFor: this.#options.proxyFor } : {}),
      onProgress: (event) => {
        if ('result' in event) this.#report(event.result, runId);
      },
    };
  }

  #report(result: CheckResult, runId: string | null): void {
    if (!this.#stop.signal.aborted) this.#options.onResult(result, runId);
  }
}
