import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { textOf, type Log } from './log.ts';
import { OutboxLedger } from './outbox-ledger.ts';

/** Larger than the longest ledger, so that the two copies in the file never touch each other. */
const SLOT_BYTES = 64 * 1024;

/**
 * The ledger beside the database, so that what damages the one leaves the other. Two copies are overwritten in turn: a
 * write that is cut off costs the older one. Each is `crc32 length`, a line break, and the text.
 */
export class LedgerFile {
  readonly #file: string;
  readonly #log: Log;
  #fails = false;

  constructor(stateDir: string, log: Log) {
    this.#file = path.join(stateDir, 'outbox.ledger');
    this.#log = log;
  }

  /** Does not throw: the database has the ledger as well, and only damage to that would now cost the counts. */
  write(generation: number, text: string): void {
    try {
      this.#write(generation, text);
      this.#fails = false;
    } catch (error) {
      if (!this.#fails) this.#log.warn('second copy of the ledger not written', { reason: textOf(error) });
      this.#fails = true;
    }
  }

  /** The newest copy that is whole; null when there is none. */
  read(): OutboxLedger | null {
    let file: Buffer;
    try {
      file = readFileSync(this.#file);
    } catch {
      // No file yet, or a sick disk: then the database's own copy has to do.
      return null;
    }
    const copies = [0, SLOT_BYTES].map((at) => readSlot(file.subarray(at, at + SLOT_BYTES)));
    return copies.reduce((best, copy) =>
      copy && (!best || copy.generation > best.generation) ? copy : best,
    );
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }

  #write(generation: number, text: string): void {
    const bytes = Buffer.from(text);
    const slot = Buffer.concat([Buffer.from(`${crc32(bytes)} ${bytes.length}\n`), bytes]);
    const fd = openToUpdate(this.#file);
    try {
      writeSync(fd, slot, 0, slot.length, (generation % 2) * SLOT_BYTES);
      fdatasyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
}

function readSlot(slot: Buffer): OutboxLedger | null {
  const [checksum, length] = slot.subarray(0, slot.indexOf(10)).toString('latin1').split(' ').map(Number);
  if (checksum === undefined || length === undefined) return null;
  const start = slot.indexOf(10) + 1;
  const text = slot.subarray(start, start + length);
  return text.length === length && crc32(text) === checksum ? OutboxLedger.read(text.toString()) : null;
}

function openToUpdate(file: string): number {
  try {
    return openSync(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return openSync(file, 'w+', 0o600);
  }
}
