import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { PAGE_BYTES, type PagesNumbered } from './record-in-page.ts';

const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/**
 * The write-ahead log as it lies there, also where SQLite would stop reading it: one damaged frame hides all that
 * follow.
 */
export function readWal(file: string): Buffer {
  return existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0);
}

/** Every page of a database file and of its write-ahead log, whether or not SQLite would still look at it. */
export class PageImages {
  readonly #fd: number;
  readonly #mainPages: number;
  readonly #wal: Buffer;
  /** Where in the log the images of a page lie, the oldest first. */
  readonly #framesOf = new Map<number, number[]>();

  constructor(file: string, wal: Buffer) {
    this.#fd = openSync(file, 'r');
    this.#mainPages = Math.ceil(fstatSync(this.#fd).size / PAGE_BYTES);
    this.#wal = wal;
    for (const at of this.#frames()) {
      const number = wal.readUInt32BE(at - FRAME_HEADER_BYTES);
      const before = this.#framesOf.get(number);
      if (before) before.push(at);
      else this.#framesOf.set(number, [at]);
    }
  }

  /** The newest first: the log's from its end, then the file's. */
  *all(): Generator<Buffer> {
    for (const at of this.#frames().reverse()) yield this.#wal.subarray(at, at + PAGE_BYTES);
    for (let number = 1; number <= this.#mainPages; number += 1) yield this.#mainPage(number);
  }

  readonly numbered: PagesNumbered = function* (this: PageImages, number: number) {
    for (const at of (this.#framesOf.get(number) ?? []).toReversed())
      yield this.#wal.subarray(at, at + PAGE_BYTES);
    if (number >= 1 && number <= this.#mainPages) yield this.#mainPage(number);
  }.bind(this);

  close(): void {
    closeSync(this.#fd);
  }

  #mainPage(number: number): Buffer {
    // A page that the file ends within is read as far as it goes; the checksum of what lies in it decides.
    const page = Buffer.alloc(PAGE_BYTES);
    readSync(this.#fd, page, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES);
    return page;
  }

  #frames(): number[] {
    const frames: number[] = [];
    const first = WAL_HEADER_BYTES + FRAME_HEADER_BYTES;
    for (let at = first; at + PAGE_BYTES <= this.#wal.length; at += FRAME_HEADER_BYTES + PAGE_BYTES)
      frames.push(at);
    return frames;
  }
}
