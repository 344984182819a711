/** How many sites are worked on side by side: most connections of the pool are for requests. */
const PARALLEL = 3;

/** A site where something happens all the time has a quarter of its time worked on. */
const RESTS = 3;
/** Whatever the work costs, nobody waits longer than this for it to begin again. */
const LONGEST_REST_MS = 2_000;

/**
 * How long a site is left alone after work that took so long: on a busy machine, storing results must not wait for what
 * is made of them.
 */
export const restAfter = (tookMs: number): number => Math.min(RESTS * tookMs, LONGEST_REST_MS);

/**
 * Work for one site at a time, a moment after it was asked for, so that a burst asks once. What is asked for while the
 * work is going on is done once more after it and after a rest, so the last state is never missed. `work` must not
 * throw.
 */
export class SiteQueue {
  readonly #work: (siteId: string) => Promise<void>;
  readonly #delayMs: number;
  readonly #restMs: (tookMs: number) => number;
  /** When the rest of a site ends, in milliseconds of `performance.now()`. */
  readonly #rested = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Those whose moment has come, in that order. */
  readonly #due = new Set<string>();
  readonly #running = new Set<string>();
  #idle: (() => void)[] = [];
  #ended = false;

  constructor(
    work: (siteId: string) => Promise<void>,
    delayMs: number,
    restMs: (tookMs: number) => number = restAfter,
  ) {
    this.#work = work;
    this.#delayMs = delayMs;
    this.#restMs = restMs;
  }

  /** Does nothing after the end. */
  ask(siteId: string): void {
    if (this.#ended || this.#timers.has(siteId) || this.#due.has(siteId)) return;
    this.#timers.set(
      siteId,
      setTimeout(() => this.#fall(siteId), this.#delayMs),
    );
  }

  /** Ends when nothing is asked for and nothing is going on. */
  async settled(): Promise<void> {
    while (this.#timers.size + this.#due.size + this.#running.size > 0) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
  }

  /** Takes nothing more, and does at once what was asked for, without a rest. */
  async end(): Promise<void> {
    this.#ended = true;
    for (const siteId of this.#timers.keys()) this.#fall(siteId);
    await this.settled();
  }

  #fall(siteId: string): void {
    clearTimeout(this.#timers.get(siteId));
    this.#timers.delete(siteId);
    this.#due.add(siteId);
    this.#start();
  }

  #start(): void {
    for (const siteId of this.#due) {
      if (this.#running.size >= PARALLEL) return;
      if (this.#running.has(siteId)) continue;
      this.#due.delete(siteId);
      const restMs = (this.#rested.get(siteId) ?? 0) - performance.now();
      if (restMs > 0 && !this.#ended) {
        this.#timers.set(
          siteId,
          setTimeout(() => this.#fall(siteId), restMs),
        );
        continue;
      }
      this.#rested.delete(siteId);
      this.#running.add(siteId);
      const begin = performance.now();
      void this.#work(siteId).finally(() => {
        const end = performance.now();
        // Sites that are quiet now, or gone, need no entry.
        for (const [other, until] of this.#rested) if (until <= end) this.#rested.delete(other);
        this.#rested.set(siteId, end + this.#restMs(end - begin));
        this.#done(siteId);
      });
    }
  }

  #done(siteId: string): void {
    this.#running.delete(siteId);
    this.#start();
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }
}
