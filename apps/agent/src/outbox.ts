import { MAX_BATCH, type CheckResult, type Delivery, type Results } from '@mailpath/protocol';
import { textOf, type Log } from './log.ts';
import type { KeptResult } from './kept-result.ts';
import { OutboxMemory } from './outbox-memory.ts';
import { checksumOf, OutboxTable, type OutboxLimits } from './outbox-table.ts';

/** Room for the frame's envelope below MAX_FRAME_BYTES (256 KiB). */
const MAX_BATCH_BYTES = 200 * 1024;

export const OUTBOX_LIMITS: OutboxLimits = {
  rows: 200_000,
  bytes: 64 * 1024 * 1024,
  ageMs: 7 * 24 * 3_600_000,
};

export interface OutboxOptions {
  stateDir: string;
  /** UUID of this start of the process. */
  boot: string;
  log: Log;
  limits?: OutboxLimits;
  now?: () => number;
}

/**
 * Every result, from the moment it is observed until the API says that it is committed. It rests on disk; while the
 * disk refuses, up to 500 results rest in memory. What must be given up is the oldest, and it is counted.
 */
export class Outbox {
  readonly boot: string;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #table: OutboxTable;
  readonly #memory = new OutboxMemory();
  #sequence = 0;
  #degraded = false;
  #refusedMs = 0;
  /** Whether any result of this boot ever reached the disk. */
  #onDisk = false;
  #inFlight: { boot: string; first: number; last: number } | null = null;

  constructor(options: OutboxOptions) {
    this.boot = options.boot;
    this.#log = options.log;
    this.#now = options.now ?? Date.now;
    this.#table = new OutboxTable(options.stateDir, options.limits ?? OUTBOX_LIMITS, options.log, this.#now);
    this.tend();
  }

  /** Keeps a result; it has its sequence from here on. Never throws. */
  add(result: CheckResult, runId: string | null): void {
    this.#sequence += 1;
    const delivery: Delivery = { sequence: this.#sequence, runId, result };
    this.#memory.push(this.#kept(delivery));
    // A locked file makes each attempt wait: many results in a row must not stop the event loop that the checks live in.
    if (this.#degraded && performance.now() - this.#refusedMs < 1_000) this.#keepMemoryWithinLimit();
    else this.tend();
  }

  /** Moves to disk what waits in memory, and gives up what is over the limits. Called by a timer too, so it heals by itself. */
  tend(): void {
    try {
      const moved = this.#memory.all();
      this.#table.store(moved, this.#memory.dropped);
      this.#memory.forgetStored(moved.length);
      this.#onDisk ||= moved.length > 0;
      const dropped = this.#table.keepWithinLimits(this.#inFlight);
      if (dropped > 0) this.#log.warn('results dropped', { dropped, total: this.#table.dropped() });
      if (this.#degraded) this.#log.info('outbox healed', { waiting: this.waiting().rows });
      this.#degraded = false;
    } catch (error) {
      // The disk is full, read-only or locked: probing goes on, and the results wait in memory for a better moment.
      this.#keepMemoryWithinLimit();
      this.#refusedMs = performance.now();
      if (!this.#degraded) this.#log.error('outbox degraded', { reason: textOf(error) });
      this.#degraded = true;
    }
  }

  /**
   * The next results to send, the oldest boot first, at most `limit`; null when there are none, or when those of the
   * last batch are neither acknowledged nor released.
   */
  nextBatch(limit: number = MAX_BATCH): Results | null {
    if (this.#inFlight) return null;
    const rows = this.#head(Math.min(limit, MAX_BATCH));
    const [first] = rows;
    const last = rows.at(-1);
    if (!first || !last) return null;
    this.#inFlight = { boot: first.boot, first: first.sequence, last: last.sequence };
    return { boot: first.boot, deliveries: rows.map((row) => JSON.parse(row.payload) as Delivery) };
  }

  /** Forgets what the API committed: of the batch in flight, and no more than that. False when it speaks of another. */
  acknowledge(boot: string, sequence: number): boolean {
    const sent = this.#inFlight;
    if (!sent || sent.boot !== boot || sequence < sent.first) return false;
    this.#forget(boot, Math.min(sequence, sent.last));
    return true;
  }

  /** The batch in flight was not stored: it will be the next batch again. */
  release(): void {
    this.#inFlight = null;
  }

  /** Gives up the one result in flight, which the API can never store, so that it does not dam the others. */
  giveUpInFlight(): void {
    const sent = this.#inFlight;
    if (!sent) return;
    this.#table.countDropped(sent.last - sent.first + 1);
    this.#forget(sent.boot, sent.last);
  }

  waiting(): { rows: number; dropped: number; degraded: boolean } {
    const kept = this.#table.count();
    return {
      rows: kept.rows + this.#memory.size,
      dropped: kept.dropped + this.#memory.dropped,
      degraded: this.#degraded,
    };
  }

  /** A named value that outlives the process, such as the assignment. Losing it is harmless, so it never throws. */
  keep(name: string, value: string): void {
    this.#table.keep(name, value);
  }

  kept(name: string): string | null {
    return this.#table.kept(name);
  }

  /** Begins anew, and keeps the file that was there under a dated name. */
  setAside(reason: string): void {
    this.#table.setAside(reason);
    this.tend();
  }

  close(): void {
    this.tend();
    this.#table.close();
  }

  #keepMemoryWithinLimit(): void {
    const dropped = this.#memory.keepWithinLimit(this.#inFlight);
    if (dropped > 0) this.#log.warn('results dropped', { dropped, total: this.waiting().dropped });
  }

  #forget(boot: string, sequence: number): void {
    this.#table.forget(boot, sequence);
    this.#memory.forget(boot, sequence);
    this.#inFlight = null;
  }

  /** The disk first: what is there was observed before what had to stay in memory. */
  #head(limit: number): KeptResult[] {
    const stored = this.#table.head(limit);
    // Were later results of this boot sent past ones that cannot be read now, the API would count those as dropped.
    if (stored === null && this.#onDisk) return [];
    return upTo(stored && stored.length > 0 ? stored : this.#memory.all().slice(0, limit));
  }

  #kept(delivery: Delivery): KeptResult {
    const keptAt = this.#now();
    const row = (payload: string): KeptResult => {
      const place = { boot: this.boot, sequence: delivery.sequence, payload };
      return { ...place, bytes: Buffer.byteLength(payload), checksum: checksumOf(place), keptAt };
    };
    const whole = row(JSON.stringify(delivery));
    if (whole.bytes <= MAX_BATCH_BYTES) return whole;
    // It would fit no frame and dam all that follow: the verdict goes on, the evidence says what became of it.
    this.#log.warn('evidence left out', { check: delivery.result.check, bytes: whole.bytes });
    const evidence = { mailpath: { evidenceLeftOutBytes: whole.bytes } };
    return row(JSON.stringify({ ...delivery, result: { ...delivery.result, evidence } }));
  }
}

/** The first rows that are of one boot, follow each other, and fit one frame. */
function upTo(rows: readonly KeptResult[]): KeptResult[] {
  const batch: KeptResult[] = [];
  let bytes = 0;
  for (const row of rows) {
    const before = batch.at(-1);
    if (before && (row.boot !== before.boot || row.sequence !== before.sequence + 1)) break;
    bytes += row.bytes + 1;
    if (before && bytes > MAX_BATCH_BYTES) break;
    batch.push(row);
  }
  return batch;
}
