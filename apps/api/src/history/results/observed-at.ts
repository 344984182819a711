/** Less than this is the resolution of what clocks are measured by, and the time that a result is on its way. */
const TOLERANCE_MS = 10_000;

/** By which moment a result was stored; `startedAt` is what its server's clock said, where that is another. */
export interface Placed {
  observedAt: Date;
  startedAt: Date | null;
}

/**
 * What is known of a result's time: when it arrived, how far its server's clock is ahead, for how long results are
 * kept.
 */
export interface TimeKnown {
  receivedAt: Date;
  /** Milliseconds; negative for a clock that is behind. */
  aheadMs: number;
  keptMs: number;
}

/**
 * The moment of a result by the API's time: what the server's clock said, less what other ends have shown that clock to
 * be ahead. Nothing is observed after it arrived, and nothing arrives that is older than what is kept: a moment of
 * which that is said cannot be known, and the result has the one at which it was received.
 */
export function placeInTime(told: string, { receivedAt, aheadMs, keptMs }: TimeKnown): Placed {
  const toldMs = Date.parse(told);
  const atMs = Math.abs(aheadMs) > TOLERANCE_MS ? toldMs - aheadMs : toldMs;
  const receivedMs = receivedAt.getTime();
  const believable = atMs <= receivedMs + TOLERANCE_MS && atMs >= receivedMs - keptMs;
  const observedAt = believable ? new Date(atMs) : receivedAt;
  return { observedAt, startedAt: observedAt.getTime() === toldMs ? null : new Date(toldMs) };
}
