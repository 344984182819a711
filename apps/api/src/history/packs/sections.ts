import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { SectionReader, SectionWriter } from './values.ts';

/** The first byte of a pack; another layout gets another number, and this one stays readable. */
const LAYOUT = 1;
/** More takes two to ten times as long for a few hundredths less. */
const QUALITY = 5;
/** What is longer is no pack of ours: nothing that is read may fill the memory of a process. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** First the lengths, so that a reader may skip what it does not want; then all numbers, then all texts. */
export function joinSections(sections: readonly SectionWriter[]): Buffer {
  const parts = [
    ...sections.map(({ numbers }) => numbers.done()),
    ...sections.map(({ texts }) => texts.done()),
  ];
  const head = new ByteWriter();
  head.unsigned(sections.length);
  for (const part of parts) head.unsigned(part.length);
  const plain = Buffer.concat([head.done(), ...parts]);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  return Buffer.concat([Buffer.of(LAYOUT), brotliCompressSync(plain, { params })]);
}

export function splitSections(pack: Uint8Array): SectionReader[] {
  if (pack[0] !== LAYOUT) throw new Error(`a pack of layout ${pack[0]} was written by another version`);
  const plain = brotliDecompressSync(pack.subarray(1), { maxOutputLength: LARGEST_BYTES });
  const head = new ByteReader(plain);
  const count = head.unsigned();
  const lengths = Array.from({ length: 2 * count }, () => head.unsigned());
  let at = head.at;
  const readers = lengths.map((length) => {
    at += length;
    return new ByteReader(plain.subarray(at - length, at));
  });
  return readers
    .slice(0, count)
    .map((numbers, section) => ({ numbers, texts: readers[count + section] ?? new ByteReader(Buffer.of()) }));
}
