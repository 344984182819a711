import type { ByteReader, ByteWriter } from './bytes.ts';

/** Sums and differences of two of these stay exact. */
const LARGEST = 2 ** 50;

/** Columns that a column may be told by, all of the same length. */
export type Earlier = readonly ArrayLike<number>[];

/**
 * Writes a column as its differences from whatever it differs least from: from nothing, from the value before, or from
 * another column of the same rows. What the same clock measured in two places, or a sum beside its parts, then costs
 * next to nothing.
 */
export function writeIntegers(out: ByteWriter, column: readonly number[], earlier: Earlier = []): void {
  let best: number | undefined;
  let least = Infinity;
  for (let by = 0; by < 2 + earlier.length; by += 1) {
    const cost = costOf(column, by, earlier, least);
    if (cost >= least) continue;
    best = by;
    least = cost;
  }
  const by = best ?? 0;
  out.unsigned(by);
  // Most columns differ by the same in every row: that is one number, however many rows there are.
  const isConstant = least === 0;
  out.unsigned(isConstant ? 1 : 0);
  const rows = isConstant ? Math.min(1, column.length) : column.length;
  for (let row = 0; row < rows; row += 1) out.signed(differenceAt(column, row, by, earlier));
}

export function readIntegers(from: ByteReader, length: number, earlier: Earlier = []): Float64Array {
  const by = from.unsigned();
  const isConstant = from.unsigned() === 1;
  const column = new Float64Array(length);
  if (isConstant) column.fill(length > 0 ? from.signed() : 0);
  else for (let row = 0; row < length; row += 1) column[row] = from.signed();
  const told = by > 1 ? earlier[by - 2] : undefined;
  // Now each is the difference from what the column is told by.
  if (by === 1)
    for (let row = 1; row < length; row += 1) column[row] = (column[row] ?? 0) + (column[row - 1] ?? 0);
  else if (told)
    for (let row = 0; row < length; row += 1) column[row] = (column[row] ?? 0) + (told[row] ?? 0);
  return column;
}

export const isExact = (value: number): boolean =>
  Number.isInteger(value) && Math.abs(value) <= LARGEST && !Object.is(value, -0);

const differenceAt = (column: readonly number[], row: number, by: number, earlier: Earlier): number =>
  (column[row] ?? 0) - expectedAt(column, row, by, earlier);

function expectedAt(column: readonly number[], row: number, by: number, earlier: Earlier): number {
  if (by === 0) return 0;
  if (by === 1) return column[row - 1] ?? 0;
  return earlier[by - 2]?.[row] ?? 0;
}

/** Some bits; a constant difference costs nothing. Gives up where it is dearer than `limit`. */
function costOf(column: readonly number[], by: number, earlier: Earlier, limit: number): number {
  let cost = 0;
  let last = differenceAt(column, 0, by, earlier);
  let varies = false;
  for (let row = 0; row < column.length && !(varies && cost >= limit); row += 1) {
    const difference = differenceAt(column, row, by, earlier);
    varies ||= difference !== last;
    last = difference;
    cost += Math.log2(1 + Math.abs(difference));
  }
  return varies ? cost : 0;
}
