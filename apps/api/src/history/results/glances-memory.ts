import type { Glance } from './glance.ts';

/** What a server's rows of `latest` came to, at one version of them. */
export interface Remembered {
  readonly version: string;
  readonly glances: readonly Glance[];
}

/**
 * What was read of `latest` last, by site and server; an entry is good for its version alone. Of at most so many
 * results in all: the sites that were read longest ago go first.
 */
export class GlancesMemory {
  readonly #sites = new Map<string, ReadonlyMap<string, Remembered>>();
  readonly #most: number;
  #results = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many results it has. */
  get size(): number {
    return this.#results;
  }

  of(siteId: string): ReadonlyMap<string, Remembered> {
    return this.#sites.get(siteId) ?? new Map<string, Remembered>();
  }

  /** In place of what is known of the site, and as far as it finds room. */
  keep(siteId: string, servers: ReadonlyMap<string, Remembered>): void {
    this.#forget(siteId);
    const kept = new Map<string, Remembered>();
    let count = 0;
    for (const [serverId, one] of servers) {
      if (count + one.glances.length > this.#most) break;
      count += one.glances.length;
      kept.set(serverId, one);
    }
    this.#sites.set(siteId, kept);
    this.#results += count;
    for (const oldest of this.#sites.keys()) {
      if (this.#results <= this.#most) return;
      this.#forget(oldest);
    }
  }

  #forget(siteId: string): void {
    for (const { glances } of this.of(siteId).values()) this.#results -= glances.length;
    this.#sites.delete(siteId);
  }
}
