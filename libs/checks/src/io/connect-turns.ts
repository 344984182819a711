/** RFC 8305 has two attempts under way at most times; firewalls count half-open connections from one source. */
const MOST_AT_ONCE = 2;

/**
 * Keeps one round from dialling a place more than twice at a time, however many of its checks go there: a firewall's
 * limit on connections, tripped by the probe itself, would be blamed on the path.
 */
export class ConnectTurns {
  readonly #busy = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** Does the work when it is its turn; `place` is an address with its port. */
  async take<T>(place: string, work: () => Promise<T>): Promise<T> {
    const busy = this.#busy.get(place) ?? 0;
    if (busy >= MOST_AT_ONCE) await this.#turn(place);
    else this.#busy.set(place, busy + 1);
    try {
      return await work();
    } finally {
      this.#done(place);
    }
  }

  #turn(place: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(place, [...(this.#waiting.get(place) ?? []), resolve]);
    });
  }

  /** Whoever waits takes over the place of the one that is done. */
  #done(place: string): void {
    const [next, ...others] = this.#waiting.get(place) ?? [];
    if (others.length > 0) this.#waiting.set(place, others);
    else this.#waiting.delete(place);
    if (next) return next();
    const busy = (this.#busy.get(place) ?? 1) - 1;
    if (busy > 0) this.#busy.set(place, busy);
    else this.#busy.delete(place);
  }
}
