/** Some 200 bytes each: 10 MB for the contents of some hundred sites. */
export const REMEMBERED_CONTENTS = 50_000;

/**
 * Contents of evidence of which this process knows that they are committed, with today's date: the clean-up leaves them
 * for as long, so that storing them again would change nothing. What has not been seen for longest is forgotten first.
 */
export class StoredContents {
  readonly #keys = new Set<string>();
  readonly #limit: number;
  #day = '';
  /** The one that has them, by when it was started. */
  #postgres: string | null = null;
  /** Counts what was forgotten as a whole: a transaction from before it says nothing of now. */
  #era = 0;

  constructor(limit: number = REMEMBERED_CONTENTS) {
    this.#limit = limit;
  }

  /** Ask for it before the transaction begins, and give it to `remember` after its commit. */
  get era(): number {
    return this.#era;
  }

  /** Another Postgres, or one that was started again, may have been restored, or lack the last commits of the other. */
  areOf(postgres: string): void {
    if (this.#postgres !== null && this.#postgres !== postgres) this.forget();
    this.#postgres = postgres;
  }

  /** Whether it is committed with the date of this moment. */
  has(key: string, now: Date): boolean {
    if (this.#day !== dayOf(now) || !this.#keys.delete(key)) return false;
    this.#keys.add(key);
    return true;
  }

  /** What a transaction that stored at this moment has committed. */
  remember(keys: Iterable<string>, now: Date, era: number): void {
    if (era !== this.#era) return;
    const day = dayOf(now);
    if (this.#day !== day) this.#keys.clear();
    this.#day = day;
    for (const key of keys) {
      this.#keys.delete(key);
      this.#keys.add(key);
    }
    for (const oldest of this.#keys) {
      if (this.#keys.size <= this.#limit) return;
      this.#keys.delete(oldest);
    }
  }

  /** Where Postgres did not answer as it should: it may be another one, or have been restored, when it is back. */
  forget(): void {
    this.#keys.clear();
    this.#era += 1;
  }
}

/** As in the column `seen_on`. */
const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);
