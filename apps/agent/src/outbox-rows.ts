import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { KeptResult } from './kept-result.ts';

type Row = Record<string, unknown>;

/** A result and its place in the table. */
export interface StoredResult extends KeptResult {
  position: number;
  /** A position means nothing once the rows got new ones. */
  edition: number;
}

export const INSERT =
  'insert into deliveries (boot, sequence, payload, bytes, checksum, kept_at) values (?, ?, ?, ?, ?, ?)';

export const insertValues = (row: KeptResult): SQLInputValue[] => [
  row.boot,
  row.sequence,
  row.payload,
  row.bytes,
  row.checksum,
  row.keptAt,
];

/** The rows behind a position, as many as asked for. */
export function rowsBehind(
  db: DatabaseSync,
  position: number,
  limit: number,
  edition: number,
): StoredResult[] {
  const rows = db
    .prepare(
      'select position, boot, sequence, payload, bytes, checksum, kept_at from deliveries where position > ? order by position limit ?',
    )
    .all(position, limit) as Row[];
  return rows.map((row) => ({
    position: Number(row['position']),
    edition,
    boot: String(row['boot']),
    sequence: Number(row['sequence']),
    payload: String(row['payload']),
    // Of what is sent, and not of what the row says: only the payload is covered by the checksum.
    bytes: Buffer.byteLength(String(row['payload'])),
    checksum: Number(row['checksum']),
    keptAt: Number(row['kept_at']),
  }));
}

/** Bytes of the file that hold something. */
export function usedBytes(db: DatabaseSync): number {
  const pragma = (name: string): number => Number(db.prepare(`pragma ${name}`).get()?.[name] ?? 0);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

export function keepValue(db: DatabaseSync, name: string, value: string): void {
  const upsert = db.prepare(
    'insert into kept (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  upsert.run(name, value);
  upsert.run(checksumName(name), String(crc32(value)));
}

/** Null for what was never kept, and for what was altered since. */
export function keptValue(db: DatabaseSync, name: string): string | null {
  const read = db.prepare('select value from kept where name = ?');
  const value = read.get(name)?.['value'];
  if (typeof value !== 'string') return null;
  // An earlier version kept no checksum.
  const checksum = read.get(checksumName(name))?.['value'] ?? String(crc32(value));
  return checksum === String(crc32(value)) ? value : null;
}

/** All named values but the ledger. */
export function keptValues(db: DatabaseSync): [name: string, value: string][] {
  return ['server', 'assignment'].flatMap((name) => {
    const value = keptValue(db, name);
    return value === null ? [] : [[name, value]];
  });
}

const checksumName = (name: string): string => `${name} checksum`;
