/**
 * Runs work on one thing after the other, in the order in which it was asked for. What waits for a lock in the database
 * holds one of its few connections: of each process only one waits for each thing.
 */
export class TurnByTurn {
  readonly #last = new Map<string, Promise<void>>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const run = (this.#last.get(key) ?? Promise.resolve()).then(work);
    // The caller hears of a failure; whoever comes next must not fail because of it.
    const last: Promise<void> = run.then(
      () => this.#forget(key, last),
      () => this.#forget(key, last),
    );
    this.#last.set(key, last);
    return run;
  }

  #forget(key: string, last: Promise<void>): void {
    if (this.#last.get(key) === last) this.#last.delete(key);
  }
}
