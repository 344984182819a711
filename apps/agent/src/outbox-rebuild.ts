import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from './log.ts';
import { OutboxLedger } from './outbox-ledger.ts';
import { salvage } from './outbox-salvage.ts';
import { INSERT, insertValues, keepValue, keptValues } from './outbox-rows.ts';
import { moveAside, openStateDb, removeCompanions } from './state-db.ts';

export interface Rebuild {
  file: string;
  /** The write-ahead log as it was before SQLite last opened or closed the file. */
  wal: Buffer;
  /** Null when no copy of it is left: then what can be read is all that is known. */
  ledger: OutboxLedger | null;
  log: Log;
  now: () => number;
  reason: string;
}

/**
 * Puts a new database in the place of a damaged one, with everything that can still be read; the damaged one is kept
 * aside. Gives the ledger that goes with it. Throws, and leaves the file where it was, while the disk refuses.
 */
export function rebuild({ file, wal, ledger, log, now, reason }: Rebuild): OutboxLedger {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  removeCompanions(fresh);
  const boots = new Map<string, { boot: string; first: number; last: number; count: number }>();
  const db = openStateDb(fresh);
  let kept = 0;
  try {
    db.exec('begin immediate');
    const insert = db.prepare(INSERT);
    for (const row of existsSync(file) ? salvage(file, wal, ledger, now()) : []) {
      insert.run(...insertValues(row));
      kept += 1;
      const before = boots.get(row.boot);
      if (before) before.last = row.sequence;
      else boots.set(row.boot, { boot: row.boot, first: row.sequence, last: row.sequence, count: 0 });
    }
    for (const [name, value] of readableValues(file)) keepValue(db, name, value);
    db.exec('commit');
  } finally {
    db.close();
  }
  moveAside(file, log, now, reason);
  renameSync(fresh, file);
  // Without a ledger only the gaps between what was read can be counted.
  for (const one of boots.values()) one.count = one.last - one.first + 1;
  const after = ledger ?? OutboxLedger.of(boots.values(), 0);
  for (const { boot, last } of boots.values()) after.produced(boot, last);
  log.error('outbox rebuilt', { reason, kept, dropped: after.dropped(kept) });
  return after;
}

/** Those named values that the damaged file still gives; without them the agent asks the API. */
function readableValues(file: string): [name: string, value: string][] {
  if (!existsSync(file)) return [];
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 250 });
    return keptValues(db);
  } catch {
    // What is damaged here is only named values, and losing them is harmless.
    return [];
  } finally {
    db?.close();
  }
}
