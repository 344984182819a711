/** What somebody makes us hold in memory, and how it is let go. */
export interface Held {
  readonly address: string;
  readonly bytes: number;
  /** Ends the connection that it is held for. */
  cut(): void;
}

/** Bytes that wait for somebody else, by address and in all; those that have waited longest come first. */
export class HeldBytes {
  readonly #all = new Set<Held>();
  readonly #byAddress = new Map<string, number>();
  #sum = 0;

  constructor(private readonly most: { ofAddress: number; inAll: number }) {}

  get sum(): number {
    return this.#sum;
  }

  /** Whether so many bytes more are within both limits. One alone always is. */
  hasRoom({ address, bytes }: Pick<Held, 'address' | 'bytes'>): boolean {
    const own = this.#byAddress.get(address) ?? 0;
    const fits = (held: number, most: number): boolean => held === 0 || held + bytes <= most;
    return fits(own, this.most.ofAddress) && fits(this.#sum, this.most.inAll);
  }

  /** Cuts what has waited longest, of the same address first, until so many bytes more are within both limits. */
  makeRoom(wanted: Pick<Held, 'address' | 'bytes'>): void {
    for (const isOwn of [true, false])
      for (const held of this.#all) {
        if (this.hasRoom(wanted)) return;
        if (isOwn && held.address !== wanted.address) continue;
        // The address of the newcomer is full for itself: others pay nothing for that.
        if (!isOwn && !this.#isFullInAll(wanted.bytes)) return;
        this.leave(held);
        held.cut();
      }
  }

  enter(held: Held): void {
    this.#all.add(held);
    this.#count(held.address, held.bytes);
  }

  leave(held: Held): void {
    if (this.#all.delete(held)) this.#count(held.address, -held.bytes);
  }

  #isFullInAll(bytes: number): boolean {
    return this.#sum > 0 && this.#sum + bytes > this.most.inAll;
  }

  #count(address: string, bytes: number): void {
    this.#sum += bytes;
    const own = (this.#byAddress.get(address) ?? 0) + bytes;
    if (own === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, own);
  }
}
