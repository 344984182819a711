import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { FailureCode, Phase } from '@mailpath/protocol';
import type { Bucket } from './bucket.ts';
import type { Spread } from './spread.ts';

/** Buckets of one server, by check and target, and by when each begins: milliseconds since 1970. */
export type RollUpPage = Map<string, Map<number, Bucket>>;

/** The first byte; another layout gets another number, and this one stays readable. */
const LAYOUT = 1;
/** That byte, and the length of the index. */
const HEAD_BYTES = 5;
const QUALITY = 5;
const LARGEST_BYTES = 16 * 1024 * 1024;

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
type FlatCell = [at: number, bucket: FlatBucket][];

/**
 * Each cell is compressed by itself, so that one is read without the others; in front stands where each of them ends.
 */
export function writePage(page: RollUpPage): Buffer {
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  const parts = [...page].map(([cell, buckets]) => {
    const flat: FlatCell = [...buckets].map(([at, bucket]) => [at, flatten(bucket)]);
    return { cell, bytes: brotliCompressSync(JSON.stringify(flat), { params }) };
  });
  const index = Buffer.from(JSON.stringify(parts.map(({ cell, bytes }) => [cell, bytes.length])));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(LAYOUT);
  head.writeUInt32LE(index.length, 1);
  return Buffer.concat([head, index, ...parts.map(({ bytes }) => bytes)]);
}

export const readPage = (body: Buffer): RollUpPage =>
  new Map([...partsOf(body)].map(([cell, bytes]) => [cell, readBuckets(bytes)]));

/** What a page says of one cell; nothing where it has none. */
export function readCell(body: Buffer, cell: string): Map<number, Bucket> {
  const bytes = partsOf(body).get(cell);
  return bytes ? readBuckets(bytes) : new Map<number, Bucket>();
}

function partsOf(body: Buffer): Map<string, Buffer> {
  if (body[0] !== LAYOUT) throw new Error(`a roll-up of layout ${body[0]} was written by another version`);
  let at = HEAD_BYTES + body.readUInt32LE(1);
  const index = JSON.parse(body.toString('utf8', HEAD_BYTES, at)) as [cell: string, length: number][];
  return new Map(
    index.map(([cell, length]) => {
      at += length;
      return [cell, body.subarray(at - length, at)];
    }),
  );
}

function readBuckets(bytes: Buffer): Map<number, Bucket> {
  const json = brotliDecompressSync(bytes, { maxOutputLength: LARGEST_BYTES }).toString('utf8');
  const flat = JSON.parse(json) as FlatCell;
  return new Map(flat.map(([at, bucket]) => [at, restore(bucket)]));
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
