import { MAX_BATCH, type CheckResult, type Delivery, type GivenUp, type Results } from '@mailpath/protocol';
import { textOf, type Log } from './log.ts';
import { checksumOf, type KeptResult } from './kept-result.ts';
import { OutboxMemory } from './outbox-memory.ts';
import type { StoredResult } from './outbox-rows.ts';
import { OutboxTable, type OutboxLimits } from './outbox-table.ts';

/** Room for the frame's envelope below MAX_FRAME_BYTES (256 KiB). */
const MAX_BATCH_BYTES = 200 * 1024;
/** This many results are written down at once, however soon they came. */
const GATHER_MAX = 1_000;
/** How long a disk that refused is left alone. */
const REFUSED_MS = 1_000;

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
  /**
   * For how long results are gathered before one transaction, and one wait for the disk, keeps them all; 0, the
   * default, keeps each at once.
   */
  gatherMs?: number;
  /** After results that were gathered have reached the disk. */
  onKept?: () => void;
}

interface Batch {
  boot: string;
  first: number;
  last: number;
  rows: readonly (KeptResult | StoredResult)[];
  givenUp: readonly GivenUp[];
}

/**
 * Every result, from the moment it is observed until the API says that it is committed. It rests on disk; while the
 * disk refuses, up to 500 results rest in memory. What must be given up is the oldest, and it is counted.
 */
export class Outbox {
  readonly boot: string;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #gatherMs: number;
  readonly #onKept: () => void;
  readonly #table: OutboxTable;
  readonly #memory = new OutboxMemory();
  #sequence = 0;
  #degraded = false;
  #refusedMs = 0;
  /** Whether any result of this boot ever reached the disk. */
  #onDisk = false;
  #inFlight: Batch | null = null;
  #gathering: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: OutboxOptions) {
    this.boot = options.boot;
    this.#log = options.log;
    this.#now = options.now ?? Date.now;
    this.#gatherMs = options.gatherMs ?? 0;
    this.#onKept = options.onKept ?? (() => undefined);
    const { stateDir, boot, log, limits = OUTBOX_LIMITS } = options;
    this.#table = new OutboxTable({ stateDir, boot, log, limits, now: this.#now });
    this.tend();
  }

  /** Keeps a result; it has its sequence from here on. Never throws. */
  add(result: CheckResult, runId: string | null): void {
    this.#sequence += 1;
    const delivery: Delivery = { sequence: this.#sequence, runId, result };
    this.#table.ledger.produced(this.boot, this.#sequence);
    this.#memory.push(this.#kept(delivery));
    this.#soon();
  }

  /**
   * Moves to disk what waits in memory, and gives up what is over the limits. Called by a timer too, so it heals by
   * itself.
   */
  tend(): void {
    const gathered = this.#gathering !== undefined;
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    try {
      const moved = this.#memory.all();
      this.#table.store(moved);
      this.#memory.forgetStored(moved.length);
      this.#onDisk ||= moved.length > 0;
      const dropped = this.#table.keepWithinLimits(this.#inFlight?.rows ?? []);
      if (dropped > 0) this.#log.warn('results dropped', { dropped, total: this.waiting().dropped });
      if (this.#degraded) this.#log.info('outbox healed', { waiting: this.waiting().rows });
      this.#degraded = false;
    } catch (error) {
      // The disk is full, read-only or locked: probing goes on, and the results wait in memory for a better moment.
      this.#keepMemoryWithinLimit();
      this.#refusedMs = performance.now();
      if (!this.#degraded) this.#log.error('outbox degraded', { reason: textOf(error) });
      this.#degraded = true;
    }
    // Whoever came before the timer has done its work, and nobody else tells that there is something to send.
    if (gathered) setImmediate(() => this.#closed || this.#onKept());
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
    const { boot } = first;
    // Only what the disk gives shows that nothing of an earlier boot waits there any more.
    let givenUp: GivenUp[] = [];
    if ('position' in first) {
      givenUp = this.#table.ledger.untold(boot, MAX_BATCH);
      this.#table.passBy(first);
    }
    this.#inFlight = { boot, first: first.sequence, last: last.sequence, rows, givenUp };
    const deliveries = rows.map((row) => JSON.parse(row.payload) as Delivery);
    return { boot, ...(givenUp.length > 0 && { givenUp }), deliveries };
  }

  /** Forgets what the API committed: of the batch in flight, and no more than that. False when it speaks of another. */
  acknowledge(boot: string, sequence: number): boolean {
    const sent = this.#inFlight;
    if (!sent || sent.boot !== boot || sequence < sent.first) return false;
    const stored = sent.rows.filter((row) => row.sequence <= sequence);
    const { ledger } = this.#table;
    ledger.told(sent.givenUp);
    ledger.acknowledged(boot, Math.min(sequence, sent.last), stored.length);
    this.#forget(stored);
    return true;
  }

  /** The batch in flight was not stored: it will be the next batch again. */
  release(): void {
    this.#inFlight = null;
  }

  /** Gives up the one result in flight, which the API can never store, so that it does not dam the others. */
  giveUpInFlight(): void {
    if (this.#inFlight) this.#forget(this.#inFlight.rows);
  }

  waiting(): { rows: number; dropped: number; degraded: boolean } {
    const rows = this.#table.rows + this.#memory.size;
    return { rows, dropped: this.#table.ledger.dropped(rows), degraded: this.#degraded };
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
    this.#closed = true;
    this.tend();
    this.#table.close();
  }

  #keepMemoryWithinLimit(): void {
    const dropped = this.#memory.keepWithinLimit(this.#inFlight);
    if (dropped > 0) this.#log.warn('results dropped', { dropped, total: this.waiting().dropped });
  }

  /** Leaves time for more to come before the disk is asked, and a disk that refused some time to recover. */
  #soon(): void {
    // A locked file makes each attempt wait: many results in a row must not stop the event loop that the checks live
    // in.
    const refused = this.#degraded && performance.now() - this.#refusedMs < REFUSED_MS;
    if (refused) this.#keepMemoryWithinLimit();
    else if (this.#gatherMs === 0 || this.#memory.size >= GATHER_MAX) this.tend();
    if (this.#gatherMs === 0) return;
    this.#gathering ??= setTimeout(() => this.tend(), refused ? REFUSED_MS : this.#gatherMs);
  }

  #forget(rows: readonly (KeptResult | StoredResult)[]): void {
    this.#inFlight = null;
    const last = rows.at(-1);
    if (!last) return;
    const stored = rows.filter((row) => 'position' in row);
    this.#memory.forget(last.boot, last.sequence);
    if (stored.length > 0) this.#table.forget(stored);
    else if (this.#onDisk) this.#table.forgetUpTo(last.boot, last.sequence);
    this.#soon();
  }

  /** The disk first: what is there was observed before what had to stay in memory. */
  #head(limit: number): (KeptResult | StoredResult)[] {
    const stored = this.#table.head(limit);
    // Were later results of this boot sent past ones that cannot be read now, the API would count those as dropped.
    if (stored === null && this.#onDisk) return [];
    if (stored && stored.length > 0) return upTo(stored);
    // While the disk is well, nothing is sent that it does not have.
    return this.#degraded ? upTo(this.#memory.all().slice(0, limit)) : [];
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
function upTo<T extends KeptResult>(rows: readonly T[]): T[] {
  const batch: T[] = [];
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
