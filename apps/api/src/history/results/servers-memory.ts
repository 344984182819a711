/** What was read of a server, at one version of its newest results. */
export interface Remembered<Read> {
  readonly version: string;
  readonly read: readonly Read[];
  /** About how much of the memory it takes. */
  readonly bytes: number;
}

/**
 * What was read of servers last, by site and server; an entry is good for its version alone. Of at most so many bytes
 * in all: the sites that were read longest ago go first.
 */
export class ServersMemory<Read> {
  readonly #sites = new Map<string, ReadonlyMap<string, Remembered<Read>>>();
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many bytes it has. */
  get size(): number {
    return this.#bytes;
  }

  of(siteId: string): ReadonlyMap<string, Remembered<Read>> {
    return this.#sites.get(siteId) ?? new Map<string, Remembered<Read>>();
  }

  /**
   * What there is of each of these servers at its version, as remembered or as `readAnew` reads of those that are not;
   * `bytesOf` is about what one takes. It is not kept by that: what was read may still have to be settled.
   */
  async at(
    siteId: string,
    versions: ReadonlyMap<string, string>,
    readAnew: (servers: readonly string[]) => Promise<ReadonlyMap<string, readonly Read[]>>,
    bytesOf: (one: Read) => number,
  ): Promise<Map<string, Remembered<Read>>> {
    const known = this.of(siteId);
    const anew = [...versions].flatMap(([serverId, version]) =>
      known.get(serverId)?.version === version ? [] : [serverId],
    );
    const fresh = anew.length === 0 ? new Map<string, readonly Read[]>() : await readAnew(anew);
    return new Map(
      [...versions].map(([serverId, version]) => {
        const remembered = known.get(serverId);
        if (remembered?.version === version) return [serverId, remembered];
        const read = fresh.get(serverId) ?? [];
        return [
          serverId,
          { version, read, bytes: read.reduce((sum, one) => sum + bytesOf(one), version.length) },
        ];
      }),
    );
  }

  /** In place of what is known of the site, and as far as it finds room. */
  keep(siteId: string, servers: ReadonlyMap<string, Remembered<Read>>): void {
    this.#forget(siteId);
    const kept = new Map<string, Remembered<Read>>();
    let bytes = 0;
    for (const [serverId, one] of servers) {
      if (bytes + one.bytes > this.#most) break;
      bytes += one.bytes;
      kept.set(serverId, one);
    }
    this.#sites.set(siteId, kept);
    this.#bytes += bytes;
    for (const oldest of this.#sites.keys()) {
      if (this.#bytes <= this.#most) return;
      this.#forget(oldest);
    }
  }

  #forget(siteId: string): void {
    for (const { bytes } of this.of(siteId).values()) this.#bytes -= bytes;
    this.#sites.delete(siteId);
  }
}
