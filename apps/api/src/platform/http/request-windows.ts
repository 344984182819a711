import type { FastifyRateLimitStore } from '@fastify/rate-limit';

const MOST_CALLERS = 5_000;

/**
 * Counts requests of callers in windows of time. By a clock that nobody sets: the plugin's own store reads the time of
 * day, and where that is put back by an hour, callers that were at their limit wait an hour.
 */
export class RequestWindows implements FastifyRateLimitStore {
  readonly #windows = new Map<string, { count: number; endsAt: number }>();
  readonly #now: () => number;

  /** The first parameter is the plugin's, which makes these with its options. */
  constructor(_options?: unknown, now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** `ttl`: milliseconds until the window ends; above 0, and `windowMs` at most. */
  incr(
    key: string,
    callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
    windowMs: number,
  ): void {
    const now = this.#now();
    const known = this.#windows.get(key);
    const window = known && known.endsAt > now ? known : { count: 0, endsAt: now + windowMs };
    window.count += 1;
    // Put at the end: whoever has not asked for the longest time goes first.
    this.#windows.delete(key);
    this.#windows.set(key, window);
    if (this.#windows.size > MOST_CALLERS) {
      const [oldest] = this.#windows.keys();
      if (oldest !== undefined) this.#windows.delete(oldest);
    }
    callback(null, { current: window.count, ttl: window.endsAt - now });
  }

  /** For a route with a limit of its own. */
  child(): RequestWindows {
    return new RequestWindows(undefined, this.#now);
  }
}
