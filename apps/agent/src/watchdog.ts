import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { textOf, type Log } from './log.ts';

/** What sysexits.h calls EX_TEMPFAIL: systemd and the Windows service start the agent again after it. */
export const STUCK_EXIT_CODE = 75;

const BEAT_MS = 1_000;
/** Beside the beat, so that one that is missed while the whole machine stands still proves nothing. */
const LOOK_MS = 5_000;
const STUCK_AFTER_MS = 90_000;
/** A restart that did not help is not tried again for so long: what is wrong stays to be seen. */
const ONCE_IN_MS = 3_600_000;

export interface WatchdogOptions {
  stateDir: string;
  log: Log;
  /** For how long the schedule is late beyond all its deadlines; 0 while it is not. */
  scheduleStuckMs: () => number;
  lookMs?: number;
  stuckAfterMs?: number;
  /** Ends the process. */
  exit?: (code: number) => void;
}

/**
 * Ends the agent for its supervisor to start it anew, once an hour at most, when it stands still: a thread of its own
 * watches the event loop, which cannot watch itself, and the event loop watches the schedule. It begins when the agent
 * has started, so however long that takes is no reason.
 */
export class Watchdog {
  readonly #timers: NodeJS.Timeout[];
  readonly #worker: Worker;

  constructor(options: WatchdogOptions) {
    const { lookMs = LOOK_MS, stuckAfterMs = STUCK_AFTER_MS } = options;
    const beat = new Int32Array(new SharedArrayBuffer(4));
    const marker = markerPath(options.stateDir);
    this.#worker = new Worker(WATCH_LOOP, {
      eval: true,
      workerData: { beat, lookMs, looks: Math.ceil(stuckAfterMs / lookMs), marker, onceInMs: ONCE_IN_MS },
      resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
      stdout: false,
    });
    this.#worker.on('error', (error) => options.log.warn('watchdog ended', { reason: textOf(error) }));
    this.#worker.unref();
    let late = 0;
    this.#timers = [
      setInterval(() => Atomics.add(beat, 0, 1), Math.min(BEAT_MS, lookMs / 2)).unref(),
      setInterval(() => {
        // Twice: a machine that slept wakes with a round that is late, which then ends by its own deadline.
        late = options.scheduleStuckMs() > 0 ? late + 1 : 0;
        if (late === 2) leaveOnce(options, 'the schedule stands still');
      }, lookMs * 6).unref(),
    ];
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    void this.#worker.terminate();
  }
}

const markerPath = (stateDir: string): string => path.join(stateDir, 'watchdog.restarted');

/** Ends the process, unless it did so within the hour. */
function leaveOnce(
  { stateDir, log, exit = (code) => process.exit(code) }: WatchdogOptions,
  reason: string,
): void {
  const marker = markerPath(stateDir);
  try {
    if (existsSync(marker) && Date.now() - statSync(marker).mtimeMs < ONCE_IN_MS)
      return log.error('stuck', { reason, restarted: 'within the hour, and it did not help' });
    writeFileSync(marker, `${new Date().toISOString()} ${reason}\n`, { mode: 0o600 });
  } catch (error) {
    // Without the note nothing says that it was done: better not at all than again and again.
    return log.error('stuck', { reason, restarted: `no: ${textOf(error)}` });
  }
  log.error('stuck', { reason, restarted: 'now' });
  exit(STUCK_EXIT_CODE);
}

/** The other thread. It has no event loop of ours to wait for, and ends the process from outside of it. */
const WATCH_LOOP = `
const { workerData: w } = require('node:worker_threads');
const fs = require('node:fs');
let seen = -1, still = 0, told = false;
setInterval(() => {
  const now = Atomics.load(w.beat, 0);
  still = now === seen ? still + 1 : 0;
  if (still === 0) told = false;
  seen = now;
  if (still < w.looks || told) return;
  told = true;
  const line = (restarted) => fs.writeSync(1, JSON.stringify({
    time: new Date().toISOString(), level: 'error', event: 'stuck', reason: 'the event loop stands still', restarted }) + '\\n');
  try {
    if (fs.existsSync(w.marker) && Date.now() - fs.statSync(w.marker).mtimeMs < w.onceInMs)
      return line('within the hour, and it did not help');
    fs.writeFileSync(w.marker, new Date().toISOString() + ' the event loop stands still\\n', { mode: 0o600 });
  } catch (error) {
    return line('no: ' + error.message);
  }
  line('now');
  process.kill(process.pid, 'SIGKILL');
}, w.lookMs);
`;
