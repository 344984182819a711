/** Run as a process of its own: a start that takes a while, then a loop that stands still, or none that does. */
import { mkdirSync } from 'node:fs';
import { createLog } from '../log.ts';
import { Watchdog } from '../watchdog.ts';

const [stateDir = '', kind = ''] = process.argv.slice(2);
const LOOK_MS = 50;
const STUCK_AFTER_MS = 250;

const standStill = (ms: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

mkdirSync(stateDir, { recursive: true });
// Far beyond what is taken for stuck later.
standStill(4 * STUCK_AFTER_MS);
const watchdog = new Watchdog({
  stateDir,
  log: createLog(),
  scheduleStuckMs: () => (kind === 'schedule' ? 1 : 0),
  lookMs: LOOK_MS,
  stuckAfterMs: STUCK_AFTER_MS,
});
if (kind === 'loop') setTimeout(() => standStill(Number.POSITIVE_INFINITY), LOOK_MS);
else
  setTimeout(() => {
    watchdog.stop();
    process.exitCode = 7;
  }, 20 * STUCK_AFTER_MS);
