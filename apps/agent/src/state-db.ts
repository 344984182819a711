import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from './log.ts';
import { OutboxLedger } from './outbox-ledger.ts';
import { keptValue } from './outbox-rows.ts';
import { PAGE_BYTES } from './record-in-page.ts';

/** The name that the ledger is kept under. */
export const LEDGER = 'ledger';

export const stateDbPath = (stateDir: string): string => path.join(stateDir, 'outbox.sqlite');

/** `position` is the only order and the only key: an index beside it would be one more thing to be damaged. */
const SCHEMA = `
  create table if not exists deliveries (
    position integer primary key,
    boot text not null,
    sequence integer not null,
    payload text not null,
    bytes integer not null,
    checksum integer not null,
    kept_at integer not null
  ) strict;
  create table if not exists kept (name text primary key, value text not null) strict;`;

/**
 * The SQLite result codes (sqlite.org/rescode.html) that mean a damaged or foreign file, not a sick disk: CORRUPT and
 * NOTADB; and, since our statements are always the same and right, ERROR ("no such column"), CONSTRAINT and MISMATCH
 * mean another schema.
 */
const SQLITE_CORRUPT = 11;
const DAMAGE: ReadonlySet<number> = new Set([SQLITE_CORRUPT, 26, 1, 19, 20]);

/** True when the file itself is the trouble, so that a new one helps; false for a disk that is full, away or locked. */
export function isDamage(error: unknown): boolean {
  return DAMAGE.has(((error as { errcode?: number }).errcode ?? 0) & 0xff);
}

/** For damage that we see and SQLite does not. */
export const damage = (what: string): Error => Object.assign(new Error(what), { errcode: SQLITE_CORRUPT });

/**
 * Opens the agent's database, or makes a new one. Throws what `isDamage` knows when the file is damaged or of another
 * kind, and SQLite's own error when the disk does not let it (full, read-only, locked).
 */
export function openStateDb(file: string): DatabaseSync {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  judgeVersions(file);
  // A lock by somebody else (a virus scanner) must not stop the agent's event loop for long.
  const db = new DatabaseSync(file, { timeout: 250 });
  try {
    db.exec(`pragma page_size = ${PAGE_BYTES}; pragma journal_mode = wal; pragma synchronous = full`);
    db.exec('pragma journal_size_limit = 4194304');
    db.exec(SCHEMA);
    const check = db.prepare('pragma integrity_check(1)').get();
    if (check?.['integrity_check'] !== 'ok')
      throw damage(`integrity_check: ${String(check?.['integrity_check'])}`);
    judgeColumns(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const COLUMNS = {
  deliveries: ['position', 'boot', 'sequence', 'payload', 'bytes', 'checksum', 'kept_at'],
  kept: ['name', 'value'],
};

/**
 * SQLite reads names without regard to case, and gives rows the names that the file has: one flipped bit in a column's
 * name would make every result, also those to come, look damaged.
 */
function judgeColumns(db: DatabaseSync): void {
  for (const [table, expected] of Object.entries(COLUMNS)) {
    const names = db.prepare('select name from pragma_table_info(?)').all(table);
    const columns = names.map(({ name }) => name).join(' ');
    if (columns !== expected.join(' ')) throw damage(`its table ${table} has the columns ${columns}`);
  }
}

/**
 * SQLite takes a database of a version that it cannot write for one that may only be read, and that would look like a
 * disk that recovers some day (sqlite.org/fileformat2.html, section 1.3.3).
 */
function judgeVersions(file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const header = Buffer.alloc(20);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, header, 0, header.length, 0);
  } finally {
    closeSync(fd);
  }
  if ([header[18], header[19]].some((version) => version !== 1 && version !== 2))
    throw damage('its header names a version that SQLite does not know');
}

/**
 * Keeps a database that cannot be used for whoever wants to look into it: the last one, so that the disk does not fill.
 */
export function moveAside(file: string, log: Log, now: () => number, reason: string): void {
  const [folder, prefix] = [path.dirname(file), `${path.basename(file)}.aside-`];
  for (const old of readdirSync(folder))
    if (old.startsWith(prefix)) rmSync(path.join(folder, old), { force: true });
  const aside = `${file}.aside-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
  if (existsSync(file)) renameSync(file, aside);
  removeCompanions(file);
  log.warn('outbox moved aside', { file: aside, reason });
}

/** Left beside a new file, these would be taken for its own. */
export function removeCompanions(file: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

/** The ledger as the database has it. One that an earlier version wrote has none: then it is made from what waits. */
export function ledgerIn(db: DatabaseSync): OutboxLedger {
  if (db.prepare('select 1 from kept where name = ?').get(LEDGER)) {
    const ledger = OutboxLedger.read(keptValue(db, LEDGER) ?? '');
    if (!ledger) throw damage('its ledger cannot be read');
    return ledger;
  }
  const rows = db
    .prepare(
      `select boot, min(sequence) as first, max(sequence) as last, count(*) as count
       from deliveries group by boot order by min(position)`,
    )
    .all() as { boot: string; first: number; last: number; count: number }[];
  return OutboxLedger.of(rows, droppedBefore(db));
}

/** What an earlier version counted. */
function droppedBefore(db: DatabaseSync): number {
  const there = db.prepare("select 1 from sqlite_schema where name = 'counters'").get();
  if (!there) return 0;
  return Number(db.prepare("select value from counters where name = 'dropped'").get()?.['value'] ?? 0);
}

/** What `status` tells. Opened for reading alone, so it is harmless beside a running agent. */
export interface StateSummary {
  waiting: number;
  dropped: number;
  oldestAt: number | null;
  assignment: string | null;
  /** Whether the API had it, and since when, as JSON. */
  link: string | null;
  /** When the newest round of the schedule ended. */
  round: string | null;
  /** Why it reports by HTTPS, as JSON; null or empty while it does not. */
  line: string | null;
}

/** Null when there is no database yet. Throws when it cannot be read. */
export function readStateDb(stateDir: string): StateSummary | null {
  const file = stateDbPath(stateDir);
  if (!existsSync(file)) return null;
  const db = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  try {
    const row = db
      .prepare(
        `select (select count(*) from deliveries) as waiting, (select min(kept_at) from deliveries) as oldest`,
      )
      .get() as { waiting: number; oldest: number | null };
    const { waiting, oldest: oldestAt } = row;
    return {
      waiting,
      dropped: ledgerIn(db).dropped(waiting),
      oldestAt,
      assignment: keptValue(db, 'assignment'),
      link: keptValue(db, 'link'),
      line: keptValue(db, 'line'),
      round: keptValue(db, 'round'),
    };
  } finally {
    db.close();
  }
}
