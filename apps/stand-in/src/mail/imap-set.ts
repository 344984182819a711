/**
 * The numbers of a set such as `1:3,5,*` (RFC 9051, sequence-set) that there are; `*` is the last of them. Null when it
 * is no set.
 * `numbers` ascends, and is gone through once a range, so that a huge range costs nothing.
 */
export function numbersOf(set: string, numbers: readonly number[]): number[] | null {
  if (!/^(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?(?:,(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?){0,199}$/.test(set)) {
    return null;
  }
  const last = numbers.at(-1) ?? 0;
  const ranges = set.split(',').map((range) => {
    const [from = 0, to = from] = range.split(':').map((end) => (end === '*' ? last : Number(end)));
    return { low: Math.min(from, to), high: Math.max(from, to) };
  });
  return numbers.filter((number) => ranges.some(({ low, high }) => number >= low && number <= high));
}
