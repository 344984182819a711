/** The one in the middle, the lower of two; null of none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/**
 * Numbers of several owners, of which the middle of all others' is asked for each owner: they are sorted once, and an
 * owner's own are stepped over.
 */
export class MedianOfOthers<Owner> {
  readonly #own = new Map<Owner, number[]>();
  #sorted: number[] | null = null;

  add(owner: Owner, number: number): void {
    const own = this.#own.get(owner);
    if (own) own.push(number);
    else this.#own.set(owner, [number]);
    this.#sorted = null;
  }

  /** The median of what is not this owner's; null where there is nothing else. */
  besides(owner: Owner): number | null {
    this.#sorted ??= [...this.#own.values()].flat().toSorted((a, b) => a - b);
    const own = (this.#own.get(owner) ?? []).toSorted((a, b) => a - b);
    const others = this.#sorted.length - own.length;
    if (others === 0) return null;
    let at = Math.floor((others - 1) / 2);
    for (const number of own) if (number <= (this.#sorted[at] ?? Infinity)) at += 1;
    return this.#sorted[at] ?? null;
  }
}
