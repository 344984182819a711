import { crc32 } from 'node:zlib';

/** One result as it is kept: the JSON of its Delivery. */
export interface KeptResult {
  boot: string;
  sequence: number;
  payload: string;
  bytes: number;
  checksum: number;
  keptAt: number;
}

/** Covers what is sent: the row's place as well as its content. */
export function checksumOf(row: Pick<KeptResult, 'boot' | 'sequence' | 'payload'>): number {
  return crc32(row.payload, crc32(placeOf(row)));
}

/** What the checksum begins with. */
export const placeOf = ({ boot, sequence }: Pick<KeptResult, 'boot' | 'sequence'>): string =>
  `${boot}\n${sequence}\n`;
