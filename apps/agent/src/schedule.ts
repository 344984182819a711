import type { Assignment } from '@mailpath/protocol';
import type { Log } from './log.ts';

/** Time as the schedule sees it: milliseconds that only grow, and a timer whose answer cancels it. */
export interface Clock {
  now(): number;
  after(delayMs: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Below this an agent would be a burden, whatever the API asks. */
const LEAST_EVERY_SECONDS = 10;
const LARGEST_OFFSET_MS = 10_000;
/** What is late by less may still come by itself. */
const STUCK_MS = 60_000;
const NEW_OFFSET_MS = 1_000;

export interface ScheduleOptions {
  /** Runs one round; the next beat that comes before it ends is skipped. */
  runRound: (assignment: Assignment) => Promise<void>;
  log: Log;
  /** This machine's own least, where it is more than the agent's. */
  leastEverySeconds?: number;
  clock?: Clock;
  /** Nothing was ever observed here: somebody waits for the first round, which begins within a second. */
  isNew?: boolean;
  /** In [0, 1); spreads the first rounds of many agents. */
  random?: () => number;
}

/** When to run: first after a random offset, then at a fixed beat, whether the API is there or not. */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #clock: Clock;
  #assignment: Assignment | null = null;
  #cancel: () => void = () => undefined;
  /** Since when a round runs; null while none does. */
  #runningSinceMs: number | null = null;
  #beatDueMs: number | null = null;
  #began = false;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * Takes what to do from now on. The one that is held already changes nothing, so a reconnect does not move the beat.
   */
  assign(assignment: Assignment): boolean {
    if (this.#assignment?.revision === assignment.revision) return false;
    this.#assignment = assignment;
    const { random = Math.random, isNew = false } = this.#options;
    const largest = isNew && !this.#began ? NEW_OFFSET_MS : LARGEST_OFFSET_MS;
    this.#began = true;
    this.#next(this.#clock.now() + random() * Math.min(this.#everyMs(), largest));
    return true;
  }

  stop(): void {
    this.#cancel();
    this.#assignment = null;
  }

  /**
   * For how many milliseconds a round runs beyond all its deadlines, or a beat is late: nothing of its own ends that
   * any more. 0 while nothing is.
   */
  stuckMs(): number {
    const assignment = this.#assignment;
    if (!assignment) return 0;
    const now = this.#clock.now();
    const roundMs = 2 * assignment.roundDeadlineMs + STUCK_MS;
    const round = this.#runningSinceMs === null ? 0 : now - this.#runningSinceMs - roundMs;
    const beat = this.#beatDueMs === null ? 0 : now - this.#beatDueMs - STUCK_MS;
    return Math.max(0, round, beat);
  }

  #everyMs(): number {
    const { leastEverySeconds = LEAST_EVERY_SECONDS } = this.#options;
    return Math.max(this.#assignment?.everySeconds ?? 0, leastEverySeconds, LEAST_EVERY_SECONDS) * 1_000;
  }

  #next(dueMs: number): void {
    this.#cancel();
    this.#beatDueMs = dueMs;
    this.#cancel = this.#clock.after(Math.max(0, dueMs - this.#clock.now()), () => this.#beat(dueMs));
  }

  #beat(dueMs: number): void {
    const assignment = this.#assignment;
    if (!assignment) return;
    const everyMs = this.#everyMs();
    // A machine that slept comes back late: the beats in between are gone, not owed.
    const missed = Math.max(0, Math.floor((this.#clock.now() - dueMs) / everyMs));
    if (missed > 0)
      this.#options.log.warn('rounds missed', { missed, reason: 'the machine or process stood still' });
    this.#next(dueMs + (missed + 1) * everyMs);
    if (this.#runningSinceMs !== null) {
      this.#options.log.warn('round skipped', { reason: 'the one before is still running' });
    } else {
      void this.#round(assignment);
    }
  }

  async #round(assignment: Assignment): Promise<void> {
    this.#runningSinceMs = this.#clock.now();
    try {
      await this.#options.runRound(assignment);
    } finally {
      this.#runningSinceMs = null;
    }
  }
}
