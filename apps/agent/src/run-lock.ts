import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotRun } from './cannot-run.ts';
import { textOf, type Log } from './log.ts';

const SQLITE_BUSY = 5;

/**
 * Lets one agent run on one state folder. The lock is the operating system's own, on a file that SQLite opens: it goes
 * with the process, however that dies, so none is ever left behind (a file with a process id would be).
 */
export function takeRunLock(stateDir: string, log: Log): () => void {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path.join(stateDir, 'run.lock'), { timeout: 0 });
    db.exec('begin exclusive');
    const held = db;
    return () => held.close();
  } catch (error) {
    db?.close();
    if (((error as { errcode?: number }).errcode ?? 0) === SQLITE_BUSY) {
      throw new CannotRun(
        `another agent runs on ${stateDir}: stop it first, or name another folder with --state`,
        {
          cause: error,
        },
      );
    }
    // A folder that is full or read-only gives no lock; observing goes on all the same, as with the outbox.
    log.warn('no run lock', { reason: textOf(error) });
    return () => undefined;
  }
}
