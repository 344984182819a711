import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until its parent and the processes that it was told of have gone, then removes the folder that its argument
 * names. The word
 * `over` says that it was told of all of them; a parent that was killed may have started one more, which makes its
 * files anew until it finds its parent gone.
 */
const [, , folder = ''] = process.argv;
const pids: number[] = [];
const POLL_MS = 100;
/** Longer than any part takes to stop; what is then still there is stuck, and its folder of no use to anybody. */
const PATIENCE_MS = 30_000;
/** So long nothing may come back before it is believed. */
const QUIET_MS = 5_000;
let toldOfAll = false;

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH is what is waited for
  }
}

async function remove(): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (pids.some(isThere) && Date.now() < until) await delay(POLL_MS);
  await removed();
  const end = Date.now() + PATIENCE_MS;
  const isQuiet = (since: number): boolean => Date.now() > Math.min(since + QUIET_MS, end);
  for (let quietFrom = Date.now(); !toldOfAll && !isQuiet(quietFrom); await delay(POLL_MS)) {
    if (!existsSync(folder)) continue;
    await removed();
    quietFrom = Date.now();
  }
}

const removed = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });

process.on('message', (told) => {
  if (told === 'over') toldOfAll = true;
  else pids.push(Number(told));
});
process.on('disconnect', () => void remove());
if (process.connected === false) void remove();
