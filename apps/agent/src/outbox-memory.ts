import type { KeptResult } from './kept-result.ts';

const MAX_ROWS = 500;

/** Where results wait while the disk refuses them: the newest 500. */
export class OutboxMemory {
  #rows: KeptResult[] = [];

  get size(): number {
    return this.#rows.length;
  }

  push(row: KeptResult): void {
    this.#rows.push(row);
  }

  all(): readonly KeptResult[] {
    return this.#rows;
  }

  /** The disk has them now. */
  forgetStored(count: number): void {
    this.#rows = this.#rows.slice(count);
  }

  forget(boot: string, sequence: number): void {
    this.#rows = this.#rows.filter((row) => row.boot !== boot || row.sequence > sequence);
  }

  /** Gives up the oldest above the limit, but none that is on its way: it may well arrive. Says how many went. */
  keepWithinLimit(inFlight: { boot: string; last: number } | null): number {
    const excess = this.#rows.length - MAX_ROWS;
    if (excess <= 0) return 0;
    const first = inFlight ? this.#rows.findIndex((row) => row.sequence > inFlight.last) : 0;
    return this.#rows.splice(Math.max(first, 0), excess).length;
  }
}
