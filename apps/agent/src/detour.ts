import { MAX_BATCH, type Assignment } from '@mailpath/protocol';
import type { HttpsLine, LineTrouble } from './https-line.ts';
import type { KeyRing } from './key-ring.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox.ts';

export interface DetourTimings {
  /** How long WebSocket must not have got through. */
  afterMs: number;
  /** How often it is looked whether something waits. */
  lookMs: number;
}
export const DETOUR_TIMINGS: DetourTimings = { afterMs: 20_000, lookMs: 5_000 };

/** The name that the state folder keeps the trouble under, for `status`. */
export const LINE = 'line';

export interface DetourOptions {
  line: HttpsLine;
  outbox: Outbox;
  keys: KeyRing;
  log: Log;
  onAssignment: (assignment: Assignment) => void;
  /** Called when the outbox is free again. */
  onFree: () => void;
  timings: DetourTimings;
}

/**
 * The other path to the API: while WebSocket does not get through, what waits goes by HTTPS. The socket is tried all
 * the same, and whichever of them has a batch on its way, the other leaves the outbox alone.
 */
export class Detour {
  readonly #options: DetourOptions;
  readonly #timings: DetourTimings;
  readonly #timer: NodeJS.Timeout;
  #trouble: LineTrouble | null = null;
  #troubledSinceMs = 0;
  #dueMs = 0;
  #limit = MAX_BATCH;
  #onSocket = false;
  #stopped = false;
  #told = false;
  isPosting = false;

  constructor(options: DetourOptions) {
    this.#options = options;
    this.#timings = options.timings;
    this.#timer = setInterval(() => void this.#postAll(), this.#timings.lookMs).unref();
    // What an earlier start said may not be so any more.
    if (options.outbox.kept(LINE) !== null) options.outbox.keep(LINE, '');
  }

  /** WebSocket did not get through. */
  failed(trouble: LineTrouble): void {
    if (!this.#trouble) this.#troubledSinceMs = performance.now();
    this.#trouble = trouble;
  }

  /** The socket has the outbox. */
  joined(): void {
    this.#onSocket = true;
  }

  left(): void {
    this.#onSocket = false;
  }

  /** The socket works: something went there and was answered. */
  over(): void {
    this.#trouble = null;
    if (!this.#told) return;
    this.#told = false;
    this.#options.outbox.keep(LINE, '');
    this.#options.log.info('socket works again');
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  async #postAll(): Promise<void> {
    if (this.isPosting) return;
    while (this.#mayPost()) if (!(await this.#postOne())) return;
  }

  #mayPost(): boolean {
    const now = performance.now();
    return (
      !this.#stopped &&
      !this.#onSocket &&
      this.#trouble !== null &&
      now - this.#troubledSinceMs >= this.#timings.afterMs &&
      now >= this.#dueMs
    );
  }

  /** False where nothing waits, or nothing more can be done now. */
  async #postOne(): Promise<boolean> {
    const { outbox, line, keys, log, onAssignment, onFree } = this.#options;
    const batch = outbox.nextBatch(this.#limit);
    const trouble = this.#trouble;
    if (!batch || !trouble) return false;
    this.isPosting = true;
    const posted = await line.post(batch, trouble, keys.key);
    this.isPosting = false;
    // The outbox may be closed by now; what was stored is sent again, and changes nothing.
    if (this.#stopped) return false;
    if ('answer' in posted) {
      const { boot, acknowledged, assignment } = posted.answer;
      this.#tell(trouble);
      keys.joined();
      this.#limit = MAX_BATCH;
      const isOurs = outbox.acknowledge(boot, acknowledged);
      if (!isOurs) outbox.release();
      onAssignment(assignment);
      onFree();
      return isOurs;
    }
    if (posted.status === 400 || posted.status === 413) {
      if (batch.deliveries.length === 1) outbox.giveUpInFlight();
      else outbox.release();
      this.#limit = batch.deliveries.length === 1 ? MAX_BATCH : Math.ceil(batch.deliveries.length / 4);
    } else {
      outbox.release();
      // Of two keys the other one may be good.
      const hasOther = posted.status === 401 && keys.turn();
      this.#dueMs = performance.now() + (hasOther ? 0 : posted.retryMs);
    }
    log.warn('not stored by https', { reason: posted.reason, status: posted.status });
    onFree();
    return true;
  }

  #tell(trouble: LineTrouble): void {
    if (this.#told) return;
    this.#told = true;
    const since = new Date(Date.now() - (performance.now() - this.#troubledSinceMs)).toISOString();
    this.#options.outbox.keep(LINE, JSON.stringify({ ...trouble, since }));
    this.#options.log.warn('reporting by https', { fault: trouble.fault, detail: trouble.detail });
  }
}
