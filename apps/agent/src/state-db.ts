import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { textOf, type Log } from './log.ts';

export const stateDbPath = (stateDir: string): string => path.join(stateDir, 'outbox.sqlite');

const SCHEMA = `
  create table if not exists deliveries (
    position integer primary key autoincrement,
    boot text not null,
    sequence integer not null,
    payload text not null,
    bytes integer not null,
    checksum integer not null,
    kept_at integer not null,
    unique (boot, sequence)
  ) strict;
  create table if not exists kept (name text primary key, value text not null) strict;
  create table if not exists counters (name text primary key, value integer not null) strict;`;

/** The SQLite result codes (sqlite.org/rescode.html) that mean a damaged or foreign file, not a sick disk. */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** While opening: a database of another kind ("no such column"). */
const SQLITE_ERROR = 1;

const primaryCode = (error: unknown): number => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

/** True when the file itself is the trouble, so that a new one helps; false for a disk that is full, away or locked. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/**
 * Opens the agent's database. A damaged file is moved aside under a dated name and a new one begun: an unattended
 * agent that refuses to start helps nobody. Throws when the disk does not let it (full, read-only, locked).
 */
export function openStateDb(stateDir: string, log: Log, now: () => number): DatabaseSync {
  const file = stateDbPath(stateDir);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  try {
    return open(file);
  } catch (error) {
    if (!isDamage(error) && primaryCode(error) !== SQLITE_ERROR) throw error;
    moveAside(file, log, now, textOf(error));
    return open(file);
  }
}

/** Keeps a database that cannot be used for whoever wants to look into it: the last one, so that the disk does not fill. */
export function moveAside(file: string, log: Log, now: () => number, reason: string): void {
  const [folder, prefix] = [path.dirname(file), `${path.basename(file)}.aside-`];
  for (const old of readdirSync(folder))
    if (old.startsWith(prefix)) rmSync(path.join(folder, old), { force: true });
  const aside = `${file}.aside-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
  if (existsSync(file)) renameSync(file, aside);
  // Left beside a new file, these would be taken for its own.
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  log.warn('outbox moved aside', { file: aside, reason });
}

function open(file: string): DatabaseSync {
  // A lock by somebody else (a virus scanner) must not stop the agent's event loop for long.
  const db = new DatabaseSync(file, { timeout: 250 });
  try {
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 4194304');
    db.exec(SCHEMA);
    const check = db.prepare('pragma quick_check(1)').get();
    if (check?.['quick_check'] !== 'ok') {
      throw Object.assign(new Error(`quick_check: ${String(check?.['quick_check'])}`), {
        errcode: SQLITE_CORRUPT,
      });
    }
    db.prepare(
      'select position, boot, sequence, payload, bytes, checksum, kept_at from deliveries limit 1',
    ).get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What `status` tells. Opened for reading alone, so it is harmless beside a running agent. */
export interface StateSummary {
  waiting: number;
  dropped: number;
  oldestAt: number | null;
  assignment: string | null;
}

/** Null when there is no database yet. Throws when it cannot be read. */
export function readStateDb(stateDir: string): StateSummary | null {
  const file = stateDbPath(stateDir);
  if (!existsSync(file)) return null;
  const db = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  try {
    const row = db
      .prepare(
        `select (select count(*) from deliveries) as waiting, (select min(kept_at) from deliveries) as oldest,
           coalesce((select value from counters where name = 'dropped'), 0) as dropped,
           (select value from kept where name = 'assignment') as assignment`,
      )
      .get() as { waiting: number; oldest: number | null; dropped: number; assignment: string | null };
    return { waiting: row.waiting, dropped: row.dropped, oldestAt: row.oldest, assignment: row.assignment };
  } finally {
    db.close();
  }
}
