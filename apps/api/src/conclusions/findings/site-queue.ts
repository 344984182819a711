/** How many sites are worked on side by side: most connections of the pool are for requests. */
const PARALLEL = 3;

/**
 * Work for one site at a time, a moment after it was asked for, so that a burst asks once. What is asked for while the
 * work is going on is done once more after it, so the last state is never missed. `work` must not throw.
 */
export class SiteQueue {
  readonly #work: (siteId: string) => Promise<void>;
  readonly #delayMs: number;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Those whose moment has come, in that order. */
  readonly #due = new Set<string>();
  readonly #running = new Set<string>();
  #idle: (() => void)[] = [];
  #ended = false;

  constructor(work: (siteId: string) => Promise<void>, delayMs: number) {
    this.#work = work;
    this.#delayMs = delayMs;
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

  /** Takes nothing more, and does at once what was asked for. */
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
      this.#running.add(siteId);
      void this.#work(siteId).finally(() => this.#done(siteId));
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
