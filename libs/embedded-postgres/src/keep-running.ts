import { setTimeout as delay } from 'node:timers/promises';
import type { Guardian } from './guardian.ts';
import { isAlive, type Postmaster } from './postmaster.ts';

const LOOK_EVERY_MS = 1_000;

/** A Postgres that is started again, on the port it had, when its process ends without having been asked to. */
export interface KeptPostmaster {
  /** Watches no more and answers the one that runs, or ran last. */
  release(): Promise<Postmaster>;
}

/**
 * Looks after a Postgres, and after its guardian, which is started again when it was killed. While Postgres cannot be
 * started again, it is tried at every look; `told` gets each loss, and each failed start.
 */
export function keepRunning(
  first: Postmaster,
  start: () => Promise<Postmaster>,
  guardian: Guardian,
  told: (event: string) => void,
): KeptPostmaster {
  const ending = new AbortController();
  let current = first;
  const watch = async (): Promise<void> => {
    for (;;) {
      // The wait ends early, by rejecting, when this is released: that is how the watch ends.
      const released = await delay(LOOK_EVERY_MS, false, { ref: false, signal: ending.signal }).catch(
        () => true,
      );
      if (released) return;
      if (isAlive(current.pid)) {
        guardian.guard(current.pid);
        continue;
      }
      told(`Postgres (process ${current.pid}) has ended by itself; it is started again.`);
      try {
        current = await start();
      } catch (error) {
        told(`Postgres cannot be started again yet: ${(error as Error).message}`);
      }
    }
  };
  const watching = watch();
  return {
    async release() {
      ending.abort();
      await watching;
      return current;
    },
  };
}
