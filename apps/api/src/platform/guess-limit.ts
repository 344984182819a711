const WINDOW_MS = 60_000;
const MOST_CALLERS = 10_000;

/** Counts codes that were never given out, by caller: ten in a minute, and then the caller waits. */
export class GuessLimit {
  readonly #guesses = new Map<string, { count: number; until: number }>();

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
