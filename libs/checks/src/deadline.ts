/** A moment of the monotonic clock by which something must be done. */
export interface Deadline {
  /** Milliseconds until then, 0 when it has passed. */
  remainingMs(): number;
}

/** A deadline this many milliseconds from now. */
export function deadlineIn(ms: number): Deadline {
  const at = performance.now() + ms;
  return { remainingMs: () => Math.max(0, at - performance.now()) };
}

/** Measures from now on; answers milliseconds rounded to a tenth, the precision that results are kept with. */
export function stopwatch(): () => number {
  const began = performance.now();
  return () => Math.round((performance.now() - began) * 10) / 10;
}
