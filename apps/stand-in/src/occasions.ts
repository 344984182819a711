/** How often something happens: to a share of all, a number of times, in turns with what is well. */
export interface Recurrence {
  share?: number;
  seed?: number;
  times?: number;
  thenWell?: number;
}

interface Count {
  random: () => number;
  met: number;
}

/** Counts the occasions of each recurrence by itself. The same seed gives the same sequence, on every machine. */
export class Occasions {
  readonly #counts = new WeakMap<Recurrence, Count>();

  /** Whether it happens on the occasion that is now; counts it. */
  isMet(recurrence: Recurrence): boolean {
    const { share = 1, seed = 1, times, thenWell } = recurrence;
    const count = this.#counts.get(recurrence) ?? { random: randomOf(seed), met: 0 };
    this.#counts.set(recurrence, count);
    if (share < 1 && count.random() >= share) return false;
    const turn = count.met++;
    if (times === undefined) return true;
    return thenWell === undefined ? turn < times : turn % (times + thenWell) < times;
  }
}

/** Numbers from 0 up to 1 that look like chance and repeat (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
