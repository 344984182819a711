/** One connection that has not proved yet who it is. */
export interface Unproved {
  /** Whether its join has come and is looked into. */
  readonly isJoining: boolean;
  /** Ends it at once, and says why. */
  turnAway(): void;
}

/**
 * More than any site has agents behind one address; a socket that joins is here for the time of one round trip and one
 * look-up.
 */
const MOST_OF_ADDRESS = 128;
const MOST_IN_ALL = 512;

/**
 * The connections that have not joined, of which there are only so many, by address and in all. When there are too
 * many, the oldest that has said nothing goes: behind a proxy or a NAT the address is everybody's, and whoever comes to
 * join does so at once.
 */
export class UnprovedSockets<S extends Unproved> {
  readonly #addresses = new Map<string, Set<S>>();
  readonly #all = new Map<S, string>();

  constructor(private readonly most = { ofAddress: MOST_OF_ADDRESS, inAll: MOST_IN_ALL }) {}

  get size(): number {
    return this.#all.size;
  }

  /** False, and the newcomer is turned away, when all of its address, or all there are, are about to join. */
  enter(address: string, socket: S): boolean {
    const own = this.#addresses.get(address);
    const hasRoom =
      (!own || own.size < this.most.ofAddress || this.#makeRoom(own)) &&
      (this.#all.size < this.most.inAll || this.#makeRoom(this.#all.keys()));
    if (!hasRoom) {
      socket.turnAway();
      return false;
    }
    this.#all.set(socket, address);
    const kept = this.#addresses.get(address) ?? new Set();
    this.#addresses.set(address, kept.add(socket));
    return true;
  }

  /** It has joined, or has gone. */
  leave(socket: S): void {
    const address = this.#all.get(socket);
    if (address === undefined) return;
    this.#all.delete(socket);
    const own = this.#addresses.get(address);
    own?.delete(socket);
    if (own?.size === 0) this.#addresses.delete(address);
  }

  #makeRoom(sockets: Iterable<S>): boolean {
    for (const socket of sockets) {
      if (socket.isJoining) continue;
      this.leave(socket);
      socket.turnAway();
      return true;
    }
    return false;
  }
}
