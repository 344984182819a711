import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { FailureCode, Phase } from '@mailpath/protocol';
import type { Bucket } from './bucket.ts';
import type { Spread } from './spread.ts';

/** Buckets of one server, by check and target, and by when each begins: milliseconds since 1970. */
export type RollUpPage = Map<string, Map<number, Bucket>>;

/** The first byte; another layout gets another number, and this one stays readable. */
const LAYOUT = 1;
const QUALITY = 5;
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Of the targets of a server, by which a page is read. */
export const cellOf = (check: string, target: string): string => `${check} ${target}`;

/** Least, median, p95 and most; then the first step with a value, and how many are in it and in each after it. */
type FlatSpread = number[];
/** A bucket without names of properties, which would be most of a page. */
type FlatBucket = [
  outcomes: Bucket['outcomes'],
  duration: FlatSpread | null,
  phases: [Phase, FlatSpread][],
  failures: (readonly [Phase, FailureCode, number])[],
];
type FlatPage = [cell: string, buckets: [at: number, bucket: FlatBucket][]][];

export function writePage(page: RollUpPage): Buffer {
  const flat: FlatPage = [...page].map(([cell, buckets]) => [
    cell,
    [...buckets].map(([at, bucket]) => [at, flatten(bucket)]),
  ]);
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return Buffer.concat([Buffer.of(LAYOUT), brotliCompressSync(JSON.stringify(flat), { params })]);
}

export function readPage(body: Uint8Array): RollUpPage {
  if (body[0] !== LAYOUT) throw new Error(`a roll-up of layout ${body[0]} was written by another version`);
  const json = brotliDecompressSync(body.subarray(1), { maxOutputLength: LARGEST_BYTES }).toString('utf8');
  const cells = JSON.parse(json) as FlatPage;
  return new Map(
    cells.map(([cell, buckets]) => [cell, new Map(buckets.map(([at, flat]) => [at, restore(flat)]))]),
  );
}

const flatten = ({ outcomes, duration, phases, failures }: Bucket): FlatBucket => [
  outcomes,
  duration && flattenSpread(duration),
  (Object.entries(phases) as [Phase, Spread][]).map(([name, spread]) => [name, flattenSpread(spread)]),
  [...failures],
];

const restore = ([outcomes, duration, phases, failures]: FlatBucket): Bucket => ({
  outcomes,
  duration: duration && restoreSpread(duration),
  phases: Object.fromEntries(phases.map(([name, spread]) => [name, restoreSpread(spread)])),
  failures,
});

function flattenSpread({ least, median, p95, most, steps }: Spread): FlatSpread {
  const first = steps[0]?.[0] ?? 0;
  const counts = Array.from({ length: (steps.at(-1)?.[0] ?? first) - first + 1 }, () => 0);
  for (const [step, count] of steps) counts[step - first] = count;
  return [least, median, p95, most, first, ...counts];
}

function restoreSpread([least = 0, median = 0, p95 = 0, most = 0, first = 0, ...counts]: FlatSpread): Spread {
  const steps = counts.flatMap((count, n) => (count === 0 ? [] : [[first + n, count] as const]));
  return { least, median, p95, most, steps };
}
