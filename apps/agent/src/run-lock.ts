import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotRun } from './cannot-run.ts';
import { textOf, type Log } from './log.ts';

const SQLITE_BUSY = 5;

/** Whether an agent runs on that folder; null where it cannot be told, such as for want of permission. */
export function isRunning(stateDir: string): boolean | null {
  const file = path.join(stateDir, 'run.lock');
  if (!existsSync(file)) return false;
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    // A reader asks for a shared lock, which the exclusive one of `run` does not let in.
    db.prepare('select count(*) from sqlite_schema').get();
    return false;
  } catch (error) {
    return ((error as { errcode?: number }).errcode ?? 0) === SQLITE_BUSY ? true : null;
  } finally {
    db?.close();
  }
}

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
        {
          en: `another agent runs on ${stateDir}: stop it first, or name another folder with --state`,
          ja: `${stateDir} で別のエージェントが動作しています。先に停止するか、--state で別のフォルダーを指定してください`,
        },
        { cause: error },
      );
    }
    // A folder that is full or read-only gives no lock; observing goes on all the same, as with the outbox.
    log.warn('no run lock', { reason: textOf(error) });
    return () => undefined;
  }
}
