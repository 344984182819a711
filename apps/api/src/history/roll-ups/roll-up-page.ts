import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Bucket } from './bucket.ts';

/** Buckets of one server, by check and target, and by when each begins: milliseconds since 1970. */
export type RollUpPage = Map<string, Map<number, Bucket>>;

/** The first byte; another layout gets another number, and this one stays readable. */
const LAYOUT = 1;
const QUALITY = 5;
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Of the targets of a server, by which a page is read. */
export const cellOf = (check: string, target: string): string => `${check} ${target}`;

export function writePage(page: RollUpPage): Buffer {
  const json = JSON.stringify([...page].map(([cell, buckets]) => [cell, [...buckets]]));
  const body = brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  return Buffer.concat([Buffer.of(LAYOUT), body]);
}

export function readPage(body: Uint8Array): RollUpPage {
  if (body[0] !== LAYOUT) throw new Error(`a roll-up of layout ${body[0]} was written by another version`);
  const json = brotliDecompressSync(body.subarray(1), { maxOutputLength: LARGEST_BYTES }).toString('utf8');
  const cells = JSON.parse(json) as [string, [number, Bucket][]][];
  return new Map(cells.map(([cell, buckets]) => [cell, new Map(buckets)]));
}
