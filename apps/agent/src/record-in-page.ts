import { crc32 } from 'node:zlib';
import { placeOf, type KeptResult } from './kept-result.ts';

/** The agent's database has pages of this size, and no reserved bytes in them. */
export const PAGE_BYTES = 4096;
/**
 * The most of a record that a leaf of a table holds, and the least once it overflows (sqlite.org/fileformat2.html,
 * section 1.6).
 */
const MOST_LOCAL = PAGE_BYTES - 35;
const LEAST_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
const LINK_BYTES = 4;
/**
 * A column that is the row's number, then a text of 36 bytes: the position and the boot of a delivery (section 2.1).
 */
const NULL_TYPE = 0;
const BOOT_TYPE = 13 + 2 * 36;
const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8, 0, 0, 0];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A delivery's record found in a page, its payload not yet read. */
export interface FoundRecord {
  boot: string;
  sequence: number;
  /** Bytes of the whole record from its header on, and how many of them lie in this page. */
  total: number;
  local: number;
  at: number;
}

/** Reads every page image that has this number, the likeliest first. */
export type PagesNumbered = (number: number) => Iterable<Buffer>;

/**
 * The records of deliveries in one page, by how their headers look: neither the page's own header nor its list of cells
 * nor any page above it is needed, so damage to those costs no record.
 */
export function* recordsIn(page: Buffer): Generator<FoundRecord> {
  for (let at = page.indexOf(BOOT_TYPE) - 2; at > -3; at = page.indexOf(BOOT_TYPE, at + 3) - 2) {
    if (at < 0 || page[at + 1] !== NULL_TYPE) continue;
    const found = recordAt(page, at);
    if (found) yield found;
  }
}

function recordAt(page: Buffer, at: number): FoundRecord | null {
  const columns = columnsAt(page, at);
  if (!columns) return null;
  const { total, bootAt, sequenceAt, sequenceType } = columns;
  const local = localBytes(total);
  const held = at + local + (local < total ? LINK_BYTES : 0);
  if (held > PAGE_BYTES || sequenceAt + 8 > at + local) return null;
  const boot = page.toString('latin1', bootAt, bootAt + 36);
  const sequence = integer(page, sequenceAt, sequenceType);
  return UUID.test(boot) && sequence > 0 ? { boot, sequence, total, local, at } : null;
}

/** The whole result, where its parts can be found and its checksum holds; null for a damaged one. */
export function readRecord(page: Buffer, found: FoundRecord, pages: PagesNumbered): KeptResult | null {
  const local = page.subarray(found.at, found.at + found.local);
  if (found.local === found.total) return resultOf(local, found);
  const next = page.readUInt32BE(found.at + found.local);
  // Old images of a page may lie beside the new one; which one belongs to this record is known only at the end.
  const attempts = { left: 64 };
  return overflow([local], found.total - found.local, next, pages, attempts, found);
}

function overflow(
  parts: Buffer[],
  missing: number,
  number: number,
  pages: PagesNumbered,
  attempts: { left: number },
  found: FoundRecord,
): KeptResult | null {
  for (const image of pages(number)) {
    if ((attempts.left -= 1) < 0) return null;
    const part = image.subarray(LINK_BYTES, LINK_BYTES + missing);
    const rest = missing - part.length;
    const all = [...parts, part];
    const result =
      rest === 0
        ? resultOf(Buffer.concat(all), found)
        : overflow(all, rest, image.readUInt32BE(0), pages, attempts, found);
    if (result) return result;
  }
  return null;
}

function resultOf(record: Buffer, { boot, sequence }: FoundRecord): KeptResult | null {
  const columns = columnsAt(record, 0);
  if (!columns) return null;
  const { payloadAt, bytesAt, checksumAt, keptAtAt, types } = columns;
  const payload = record.subarray(payloadAt, bytesAt);
  const checksum = integer(record, checksumAt, types.checksum);
  if (crc32(payload, crc32(placeOf({ boot, sequence }))) !== checksum) return null;
  const keptAt = integer(record, keptAtAt, types.keptAt);
  return { boot, sequence, payload: payload.toString(), bytes: payload.length, checksum, keptAt };
}

function columnsAt(page: Buffer, at: number) {
  const headerBytes = page[at] ?? 0;
  if (headerBytes < 8 || headerBytes > 12) return null;
  const sequenceType = page[at + 3] ?? 0;
  const [payloadType, afterPayload] = varint(page, at + 4);
  const [bytes, checksum, keptAt] = [0, 1, 2].map((i) => page[afterPayload + i] ?? 99) as [
    number,
    number,
    number,
  ];
  if (afterPayload + 3 !== at + headerBytes || payloadType < 13 || payloadType % 2 === 0) return null;
  if ([sequenceType, bytes, checksum, keptAt].some((type) => type > 9 || type === 7 || type === 0))
    return null;
  const bootAt = at + headerBytes;
  const sequenceAt = bootAt + 36;
  const payloadAt = sequenceAt + sizeOf(sequenceType);
  const bytesAt = payloadAt + (payloadType - 13) / 2;
  const checksumAt = bytesAt + sizeOf(bytes);
  const keptAtAt = checksumAt + sizeOf(checksum);
  const total = keptAtAt + sizeOf(keptAt) - at;
  const types = { checksum, keptAt };
  return { total, bootAt, sequenceAt, sequenceType, payloadAt, bytesAt, checksumAt, keptAtAt, types };
}

function localBytes(total: number): number {
  if (total <= MOST_LOCAL) return total;
  const fitting = LEAST_LOCAL + ((total - LEAST_LOCAL) % (PAGE_BYTES - LINK_BYTES));
  return fitting <= MOST_LOCAL ? fitting : LEAST_LOCAL;
}

/** A number of at most four bytes of seven bits each, and where it ends. */
function varint(page: Buffer, at: number): [value: number, end: number] {
  let value = 0;
  for (let end = at; end < at + 4; end += 1) {
    const byte = page[end] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, end + 1];
  }
  return [0, at];
}

const sizeOf = (type: number): number => INTEGER_BYTES[type] ?? 0;

function integer(page: Buffer, at: number, type: number): number {
  if (type === 8 || type === 9) return type - 8;
  if (type === 6) return at + 8 <= page.length ? Number(page.readBigInt64BE(at)) : 0;
  return at + sizeOf(type) <= page.length ? page.readIntBE(at, sizeOf(type)) : 0;
}
