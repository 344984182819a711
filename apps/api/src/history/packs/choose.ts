import type { Kind, Wanted } from './pack.ts';

/** Where a page goes on, in the order newest observation first. */
export interface After {
  /** Milliseconds since 1970. */
  observedAt: number;
  id: string;
}

/** The newest `count` of those that come after a result. */
export const newestAfter =
  (count: number, after: After | undefined): NonNullable<Wanted['choose']> =>
  (moments, rows) => {
    const own = after
      ? rows.filter((row) => {
          const at = moments.observedAt(row);
          return at < after.observedAt || (at === after.observedAt && moments.id(row) < after.id);
        })
      : [...rows];
    return own
      .sort(
        (a, b) => moments.observedAt(b) - moments.observedAt(a) || (moments.id(a) < moments.id(b) ? 1 : -1),
      )
      .slice(0, count);
  };

/** The newest of each check of each target; of one moment, the one that was delivered last. */
export const newestOfEach: NonNullable<Wanted['choose']> = (moments, rows, kindOf) => {
  const newest = new Map<string, number>();
  for (const row of rows) {
    const { checkId, targetName }: Kind = kindOf(row);
    const cell = `${checkId} ${targetName}`;
    const known = newest.get(cell);
    const isNewer =
      known === undefined ||
      moments.observedAt(row) > moments.observedAt(known) ||
      (moments.observedAt(row) === moments.observedAt(known) &&
        moments.sequence(row) > moments.sequence(known));
    if (isNewer) newest.set(cell, row);
  }
  return [...newest.values()];
};
