/** One server's answer to a question that all siblings were asked. */
export interface Vote<T> {
  server: string;
  value: T;
}

/**
 * What more siblings answer than anything else, and who does; null where no answer leads. Which answer is the odd one
 * is then plain: with two servers that differ there is none.
 */
export function majority<T>(votes: readonly Vote<T>[]): { value: T; servers: string[] } | null {
  const groups = [...Map.groupBy(votes, ({ value }) => value)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const [first, second] = groups;
  if (!first || (second && second[1].length === first[1].length)) return null;
  return { value: first[0], servers: first[1].map(({ server }) => server) };
}
