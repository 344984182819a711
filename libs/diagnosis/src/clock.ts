import type { CheckResult } from '@mailpath/protocol';
import { median } from './median.ts';

/**
 * Clocks that are as near as this agree: what they are measured by has a resolution of a second, and an answer is on
 * its way.
 */
const AGREE_MS = 60_000;

type Measured = Pick<CheckResult, 'target' | 'evidence'>;

/** What each other end says of this clock: how far it is ahead, in milliseconds, by the end's host. */
export function clockByEnd(results: readonly Measured[]): ReadonlyMap<string, number> {
  const told = results.filter(({ evidence }) => evidence.clock !== undefined);
  const ends = Map.groupBy(told, ({ target }) => target.host);
  return new Map(
    [...ends].map(([host, own]) => [
      host,
      median(own.map(({ evidence }) => evidence.clock?.aheadMs ?? 0)) ?? 0,
    ]),
  );
}

/**
 * How far the clock of a server is ahead by these results of it, in milliseconds, negative for one that is behind; null
 * where it cannot be known. The clock of one other end may be wrong itself: it goes by what more than half of at least
 * two ends agree on.
 */
export function clockAhead(results: readonly Measured[]): number | null {
  const ends = [...clockByEnd(results).values()];
  const agreeing = ends
    .map((one) => ends.filter((each) => Math.abs(each - one) <= AGREE_MS))
    .toSorted((a, b) => b.length - a.length)[0];
  if (!agreeing || agreeing.length < 2 || agreeing.length * 2 <= ends.length) return null;
  return median(agreeing);
}

/** How far each other end's clock is behind, by a server whose own is known; none by one whose is not. */
export function wrongByEnd(results: readonly Measured[]): ReadonlyMap<string, number> {
  const ahead = clockAhead(results);
  if (ahead === null) return new Map();
  return new Map([...clockByEnd(results)].map(([host, seen]) => [host, seen - ahead]));
}

/**
 * The same, for a server that one end alone tells the time: other servers whose clock is known have seen whether that
 * end's is right, which is asked by its host and told in milliseconds, null where none has.
 */
export function clockAheadBesides(
  own: readonly Measured[],
  wrongByOthers: (host: string) => number | null,
): number | null {
  const known = clockAhead(own);
  const ends = clockByEnd(own);
  const [only] = ends;
  if (known !== null || ends.size !== 1 || !only) return known;
  const [host, ahead] = only;
  const wrong = wrongByOthers(host);
  return wrong === null ? null : ahead - wrong;
}
