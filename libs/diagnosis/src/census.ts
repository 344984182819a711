import type { CheckResult } from '@mailpath/protocol';
import { kept } from './kept.ts';
import type { RuleContext, ServerView, SiteView } from './look.ts';
import { MedianOfOthers } from './median.ts';

/** Something seen on a server: what it is asked for by, and what was seen. */
export type Seen<Value> = readonly [key: string, value: Value];

/**
 * What the servers of a site have seen, counted by key and value. Every server is compared with all others: what these
 * have is the count of all less its own, so that a site of a thousand servers is gone through once and not a thousand
 * times.
 */
export class Census<Value> {
  readonly #all = new Map<string, Map<Value, number>>();
  readonly #own = new Map<ServerView, Map<string, Map<Value, number>>>();

  count(server: ServerView, [key, value]: Seen<Value>): void {
    add(this.#all, key, value);
    const own = this.#own.get(server) ?? new Map<string, Map<Value, number>>();
    this.#own.set(server, own);
    add(own, key, value);
  }

  /** How often the other servers have seen each value, in the order in which they stand; what none has is left out. */
  besides(server: ServerView, key: string): ReadonlyMap<Value, number> {
    const all = this.#all.get(key);
    const own = this.#own.get(server)?.get(key);
    if (!all) return new Map();
    if (!own) return all;
    const others = new Map(all);
    for (const [value, times] of own) {
      const left = (all.get(value) ?? 0) - times;
      if (left > 0) others.set(value, left);
      else others.delete(value);
    }
    return others;
  }
}

function add<Value>(counts: Map<string, Map<Value, number>>, key: string, value: Value): void {
  const there = counts.get(key);
  if (there) there.set(value, (there.get(value) ?? 0) + 1);
  else counts.set(key, new Map([[value, 1]]));
}

type OfOthers<Value> = (
  context: Pick<RuleContext, 'site' | 'server'>,
  key: string,
) => ReadonlyMap<Value, number>;

/** A census of what each server shows, taken once for a site. */
export function censusOfServers<Value>(
  see: (server: ServerView, site: SiteView) => Iterable<Seen<Value>>,
): OfOthers<Value> {
  const taken = kept((site: SiteView) => {
    const census = new Census<Value>();
    for (const server of site.servers) for (const seen of see(server, site)) census.count(server, seen);
    return census;
  });
  return ({ site, server }, key) => taken(site).besides(server, key);
}

/** A census of what each result shows, taken once for a site. */
export const censusOf = <Value>(
  see: (result: CheckResult, site: SiteView) => readonly Seen<Value>[],
): OfOthers<Value> => censusOfServers(({ results }, site) => results.flatMap((result) => see(result, site)));

/** Numbers that each server has measured, and the middle of all other servers' by key; taken once for a site. */
export function mediansOfServers(
  measure: (server: ServerView) => Iterable<Seen<number>>,
): (context: Pick<RuleContext, 'site' | 'server'>, key: string) => number | null {
  const taken = kept((site: SiteView) => {
    const medians = new Map<string, MedianOfOthers<ServerView>>();
    for (const server of site.servers)
      for (const [key, number] of measure(server)) {
        const there = medians.get(key) ?? new MedianOfOthers();
        medians.set(key, there);
        there.add(server, number);
      }
    return medians;
  });
  return ({ site, server }, key) => taken(site).get(key)?.besides(server) ?? null;
}

/** What is seen more often than anything else; null where nothing leads. */
export function leading<Value>(counts: ReadonlyMap<Value, number>): Value | null {
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  return !first || (second && second[1] === first[1]) ? null : first[0];
}
