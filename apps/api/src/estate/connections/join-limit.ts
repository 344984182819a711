const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

/** How many look-ups for agents that turn out not to be ours are made in a minute. */
const MOST_OF_ADDRESS = 20;
const MOST_IN_ALL = 200;

interface Window {
  count: number;
  until: number;
}

/**
 * Bounds the look-ups that fail: 20 a minute for an address, 200 in all. A look-up is counted before it is made, so
 * that many at the same moment do not all pass, and given back when it was an agent of ours.
 */
export class JoinLimit {
  readonly #addresses = new Map<string, Window>();
  #all: Window = { count: 0, until: 0 };

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Seconds until this address may ask for a look-up; 0 when it may now, and then it is counted. */
  take(address: string): number {
    const now = this.now();
    const all = this.#all.until > now ? this.#all : (this.#all = { count: 0, until: now + WINDOW_MS });
    const own = this.#windowOf(address, now);
    const full = [own.count >= MOST_OF_ADDRESS && own, all.count >= MOST_IN_ALL && all].filter(
      (one) => one !== false,
    );
    if (full.length > 0) return Math.max(1, ...full.map(({ until }) => Math.ceil((until - now) / 1_000)));
    own.count += 1;
    all.count += 1;
    return 0;
  }

  /** What was taken led to an agent of ours, or to no look-up. */
  giveBack(address: string): void {
    const own = this.#addresses.get(address);
    if (own && own.count > 0) own.count -= 1;
    if (this.#all.count > 0) this.#all.count -= 1;
  }

  #windowOf(address: string, now: number): Window {
    const known = this.#addresses.get(address);
    if (known && known.until > now) return known;
    const fresh = { count: 0, until: now + WINDOW_MS };
    this.#addresses.delete(address);
    this.#addresses.set(address, fresh);
    // Whoever comes from many addresses must not fill the memory: the oldest go first, and the limit in all still
    // counts them.
    if (this.#addresses.size > MOST_ADDRESSES) {
      const [oldest] = this.#addresses.keys();
      if (oldest !== undefined) this.#addresses.delete(oldest);
    }
    return fresh;
  }
}
