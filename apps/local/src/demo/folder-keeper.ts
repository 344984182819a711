import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits until its parent and the processes that it was told of have gone, then removes the folder that its argument names. */
const [, , folder = ''] = process.argv;
const pids: number[] = [];
const POLL_MS = 100;
/** Longer than any part takes to stop; what is then still there is stuck, and its folder of no use to anybody. */
const PATIENCE_MS = 30_000;

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
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

process.on('message', (pid) => pids.push(Number(pid)));
process.on('disconnect', () => void remove());
if (process.connected === false) void remove();
