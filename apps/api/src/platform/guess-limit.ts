const WINDOW_MS = 60_000;
const MOST_CALLERS = 10_000;

interface Tries {
  tries: number;
  waiting: (() => void)[];
}

/** Counts codes that were never given out, by caller: ten in a minute, and then the caller waits. */
export class GuessLimit {
  readonly #guesses = new Map<string, { count: number; until: number }>();
  /** Tries that are not known yet to be guesses, by caller, and who waits for one of them to end. */
  readonly #open = new Map<string, Tries>();

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly most = 10,
  ) {}

  /** Seconds for which this caller has to wait; 0 when it may try. */
  waitSeconds(caller: string): number {
    const entry = this.#guesses.get(caller);
    if (!entry || entry.count < this.most) return 0;
    return Math.max(0, Math.ceil((entry.until - this.now()) / 1000));
  }

  /**
   * Makes a try, and counts it when `isGuess` says so of its error. Of a caller no more are under way than could be
   * wrong; the others wait for those, so that many right ones at the same moment are all heard, and of many guesses
   * none is overlooked. `refuse` is thrown to whoever has to wait for longer.
   */
  async tried<T>(
    caller: string,
    job: () => Promise<T>,
    isGuess: (error: unknown) => boolean,
    refuse: (waitSeconds: number) => Error,
  ): Promise<T> {
    await this.#turn(caller, refuse);
    try {
      return await job();
    } catch (error) {
      if (isGuess(error)) this.count(caller);
      throw error;
    } finally {
      this.#ended(caller);
    }
  }

  async #turn(caller: string, refuse: (waitSeconds: number) => Error): Promise<void> {
    for (;;) {
      const wait = this.waitSeconds(caller);
      if (wait > 0) throw refuse(wait);
      const open = this.#open.get(caller) ?? { tries: 0, waiting: [] };
      if (open.tries < this.most - this.#wrong(caller)) {
        this.#open.set(caller, { ...open, tries: open.tries + 1 });
        return;
      }
      await new Promise<void>((resolve) => open.waiting.push(resolve));
    }
  }

  /** Each of those that wait looks anew: one may go on, or all are refused. */
  #ended(caller: string): void {
    const { tries, waiting } = this.#open.get(caller) as Tries;
    if (tries === 1) this.#open.delete(caller);
    else this.#open.set(caller, { tries: tries - 1, waiting: [] });
    for (const resolve of waiting) resolve();
  }

  #wrong(caller: string): number {
    const entry = this.#guesses.get(caller);
    return entry && entry.until > this.now() ? entry.count : 0;
  }

  /**
   * What it answers takes the guess back. Count before it is known whether it is one, and take it back where it was
   * none: of guesses at the same moment none is overlooked.
   */
  count(caller: string): () => void {
    const now = this.now();
    const entry = this.#guesses.get(caller);
    if (entry && entry.until > now) {
      entry.count += 1;
      return () => void (entry.count -= 1);
    }
    const begun = { count: 1, until: now + WINDOW_MS };
    this.#guesses.delete(caller);
    this.#guesses.set(caller, begun);
    // Whoever guesses from many addresses must not fill the memory: the oldest go first, as they were entered.
    if (this.#guesses.size > MOST_CALLERS) {
      const [oldest] = this.#guesses.keys();
      if (oldest !== undefined) this.#guesses.delete(oldest);
    }
    return () => void (begun.count -= 1);
  }
}
