/**
 * Runs work for one thing after the other, each as the only one for it. Whoever asks while one runs shares the next run
 * with all who asked meanwhile: it sees what they have seen.
 */
export class OneAtATime {
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  constructor(private readonly work: (key: string) => Promise<void>) {}

  /** Resolves when a run that began after this call is over. Rejects with what that run does. */
  run(key: string): Promise<void> {
    const waiting = this.#next.get(key);
    if (waiting) return waiting;
    const running = this.#running.get(key);
    if (!running) return this.#start(key);
    const start = (): Promise<void> => {
      this.#next.delete(key);
      return this.#start(key);
    };
    const next = running.then(start, start);
    this.#next.set(key, next);
    return next;
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0 || this.#next.size > 0)
      await Promise.allSettled([...this.#running.values(), ...this.#next.values()]);
  }

  #start(key: string): Promise<void> {
    const run = this.work(key).finally(() => {
      this.#running.delete(key);
    });
    this.#running.set(key, run);
    return run;
  }
}
