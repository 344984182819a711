/** Keeps all rounds together within so many checks at once. Whoever came first goes on first. */
export class CheckSlots {
  #free: number;
  readonly most: number;
  readonly #waiting: { wanted: number; go: () => void }[] = [];

  constructor(most: number) {
    this.most = most;
    this.#free = most;
  }

  /** Does the work when `wanted` slots, at most all, are free. */
  async hold<T>(wanted: number, work: () => Promise<T>): Promise<T> {
    const held = Math.min(wanted, this.most);
    await new Promise<void>((go) => {
      this.#waiting.push({ wanted: held, go });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#free += held;
      this.#next();
    }
  }

  #next(): void {
    for (let [first] = this.#waiting; first && first.wanted <= this.#free; [first] = this.#waiting) {
      this.#waiting.shift();
      this.#free -= first.wanted;
      first.go();
    }
  }
}
