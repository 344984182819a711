import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

export interface HomeLock {
  release(): void;
}

/**
 * Takes the folder for this process, until released or until the process ends in whatever way: the lock is SQLite's, so
 * the system itself lets go of it when its holder is killed, and no stale lock file is ever left. Null when another
 * process (or another start in this one) holds it.
 */
export function tryLockHome(home: string): HomeLock | null {
  const file = new DatabaseSync(join(home, 'start.lock'), { timeout: 0 });
  try {
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (error instanceof Error && /database is locked/.test(error.message)) return null;
    throw error;
  }
  writeFileSync(pidFile(home), String(process.pid));
  return { release: () => file.close() };
}

/** Takes the folder, waiting `waitMs` for a holder that is about to end. */
export async function lockHome(home: string, waitMs: number): Promise<HomeLock> {
  const until = performance.now() + waitMs;
  for (;;) {
    const lock = tryLockHome(home);
    if (lock) return lock;
    if (performance.now() > until) {
      throw new EmbeddedPostgresError(
        `Another Mailpath${holder(home)} is using the data folder ${home}. Stop it, or set MAILPATH_HOME to another folder.`,
      );
    }
    await delay(50);
  }
}

function holder(home: string): string {
  try {
    return ` (process ${readFileSync(pidFile(home), 'utf8')})`;
  } catch {
    // The number only makes the sentence more useful; the holder may not have written it yet.
    return '';
  }
}

const pidFile = (home: string): string => join(home, 'start.pid');
