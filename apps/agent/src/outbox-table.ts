import { crc32 } from 'node:zlib';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { textOf, type Log } from './log.ts';
import type { KeptResult } from './kept-result.ts';
import { isDamage, moveAside, openStateDb, stateDbPath } from './state-db.ts';

export interface OutboxLimits {
  rows: number;
  /** Bytes of the database file that hold something. */
  bytes: number;
  ageMs: number;
}

type Row = Record<string, string | number>;

/** The outbox on disk. `store` and `keepWithinLimits` throw while the disk refuses; nothing else does. */
export class OutboxTable {
  readonly #stateDir: string;
  readonly #limits: OutboxLimits;
  readonly #log: Log;
  readonly #now: () => number;
  #db: DatabaseSync | null = null;
  /** All rows up to here are acknowledged, though the disk may have refused to delete them. */
  #forgotten = 0;
  #uncounted = 0;

  constructor(stateDir: string, limits: OutboxLimits, log: Log, now: () => number) {
    this.#stateDir = stateDir;
    this.#limits = limits;
    this.#log = log;
    this.#now = now;
  }

  /** Takes rows, and the number of those that memory had to give up, in one transaction. */
  store(rows: readonly KeptResult[], droppedBefore: number): void {
    const dropped = droppedBefore + this.#uncounted;
    const owed = this.#db === null || rows.length > 0 || dropped > 0 || this.#forgotten > 0;
    if (!owed) return;
    this.#write((db) => {
      if (this.#forgotten > 0) db.prepare('delete from deliveries where position <= ?').run(this.#forgotten);
      const insert = db.prepare(
        'insert or ignore into deliveries (boot, sequence, payload, bytes, checksum, kept_at) values (?, ?, ?, ?, ?, ?)',
      );
      for (const row of rows) {
        insert.run(row.boot, row.sequence, row.payload, row.bytes, row.checksum, row.keptAt);
      }
      addDropped(db, dropped);
    });
    this.#forgotten = 0;
    this.#uncounted = 0;
  }

  /** Gives up the oldest rows while there are too many, they are too large or too old. Says how many went. */
  keepWithinLimits(inFlight: { boot: string; last: number } | null): number {
    const db = this.#open();
    const oldest = db.prepare('select kept_at from deliveries order by position limit 1').get()?.['kept_at'];
    if (typeof oldest !== 'number') return 0;
    const tooOld = this.#now() - this.#limits.ageMs;
    const over = this.#rows(db) - this.#limits.rows;
    if (over <= 0 && oldest >= tooOld && this.#usedBytes(db) <= this.#limits.bytes) return 0;
    // What is on its way may well arrive; it is left alone until that is known.
    const spared = inFlight ? (this.#positionOf(db, inFlight.boot, inFlight.last) ?? 0) : 0;
    return this.#write(() => {
      const oldestFirst = 'select position from deliveries where position > ? order by position limit ?';
      const drop = (where: string, ...values: SQLInputValue[]): number =>
        Number(db.prepare(`delete from deliveries where ${where}`).run(...values).changes);
      let gone = drop('position > ? and kept_at < ?', spared, tooOld);
      if (over > gone) gone += drop(`position in (${oldestFirst})`, spared, over - gone);
      for (let went = 1; went > 0 && this.#usedBytes(db) > this.#limits.bytes; gone += went) {
        went = drop(`position in (${oldestFirst})`, spared, 8);
      }
      addDropped(db, gone);
      return gone;
    });
  }

  /** The oldest rows, in order; null when the disk cannot be read now. Damaged rows are given up and counted. */
  head(limit: number): KeptResult[] | null {
    return this.#tolerate(null, (db) => {
      const rows = db
        .prepare(
          'select boot, sequence, payload, bytes, checksum, kept_at from deliveries where position > ? order by position limit ?',
        )
        .all(this.#forgotten, limit) as Row[];
      const damaged = rows.filter((row) => checksumOf(keptOf(row)) !== row['checksum']);
      if (damaged.length === 0) return rows.map(keptOf);
      this.#write(() => {
        const drop = db.prepare('delete from deliveries where boot = ? and sequence = ?');
        for (const row of damaged) drop.run(row['boot'] ?? '', row['sequence'] ?? 0);
        addDropped(db, damaged.length);
      });
      this.#log.error('damaged results dropped', { dropped: damaged.length, total: this.dropped() });
      return rows.filter((row) => !damaged.includes(row)).map(keptOf);
    });
  }

  forget(boot: string, sequence: number): void {
    this.#tolerate(undefined, (db) => {
      // Kept in mind first: should the disk refuse to delete, the rows must not be sent again for ever.
      this.#forgotten = Math.max(this.#forgotten, this.#positionOf(db, boot, sequence) ?? 0);
      db.prepare('delete from deliveries where position <= ?').run(this.#forgotten);
      this.#forgotten = 0;
    });
  }

  countDropped(count: number): void {
    this.#uncounted += count;
  }

  dropped(): number {
    return this.count().dropped;
  }

  count(): { rows: number; dropped: number } {
    return this.#tolerate({ rows: 0, dropped: this.#uncounted }, (db) => {
      const row = db
        .prepare(
          `select (select count(*) from deliveries where position > ?) as rows,
             coalesce((select value from counters where name = 'dropped'), 0) as dropped`,
        )
        .get(this.#forgotten) as { rows: number; dropped: number };
      return { rows: row.rows, dropped: row.dropped + this.#uncounted };
    });
  }

  keep(name: string, value: string): void {
    this.#tolerate(undefined, (db) => {
      db.prepare(
        'insert into kept (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
      ).run(name, value);
    });
  }

  kept(name: string): string | null {
    return this.#tolerate(null, (db) => {
      const value = db.prepare('select value from kept where name = ?').get(name)?.['value'];
      return typeof value === 'string' ? value : null;
    });
  }

  setAside(reason: string): void {
    this.close();
    moveAside(stateDbPath(this.#stateDir), this.#log, this.#now, reason);
    this.#forgotten = 0;
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }

  #open(): DatabaseSync {
    this.#db ??= openStateDb(this.#stateDir, this.#log, this.#now);
    return this.#db;
  }

  /** Counting reads the whole table, so it is done only when the positions do not rule out that there are too many. */
  #rows(db: DatabaseSync): number {
    const ends = db.prepare('select min(position) as low, max(position) as high from deliveries').get();
    const most = Number(ends?.['high'] ?? 0) - Number(ends?.['low'] ?? 0) + 1;
    if (most <= this.#limits.rows) return most;
    return Number(db.prepare('select count(*) as rows from deliveries').get()?.['rows']);
  }

  #usedBytes(db: DatabaseSync): number {
    const pragma = (name: string): number => Number(db.prepare(`pragma ${name}`).get()?.[name] ?? 0);
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  #positionOf(db: DatabaseSync, boot: string, sequence: number): number | null {
    const row = db
      .prepare('select max(position) as position from deliveries where boot = ? and sequence <= ?')
      .get(boot, sequence) as { position: number | null };
    return row.position;
  }

  #write<T>(work: (db: DatabaseSync) => T): T {
    const db = this.#guard(() => this.#open());
    return this.#guard(() => {
      db.exec('begin immediate');
      try {
        const answer = work(db);
        db.exec('commit');
        return answer;
      } catch (error) {
        if (db.isTransaction) db.exec('rollback');
        throw error;
      }
    });
  }

  /** For work that may be left undone while the disk refuses. */
  #tolerate<T>(otherwise: T, work: (db: DatabaseSync) => T): T {
    try {
      return this.#guard(() => work(this.#open()));
    } catch {
      // The next write meets the same trouble and says so once, as "outbox degraded"; the caller goes on without.
      return otherwise;
    }
  }

  /** A file that turns out to be damaged is moved aside at once, so that the next call finds a new one. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (this.#db && isDamage(error)) this.setAside(textOf(error));
      throw error;
    }
  }
}

/** Covers what is sent: the row's place as well as its content. */
export function checksumOf(row: Pick<KeptResult, 'boot' | 'sequence' | 'payload'>): number {
  return crc32(`${row.boot}\n${row.sequence}\n${row.payload}`);
}

function addDropped(db: DatabaseSync, count: number): void {
  if (count === 0) return;
  db.prepare(
    `insert into counters (name, value) values ('dropped', ?)
       on conflict (name) do update set value = value + excluded.value`,
  ).run(count);
}

function keptOf(row: Row): KeptResult {
  return {
    boot: String(row['boot']),
    sequence: Number(row['sequence']),
    payload: String(row['payload']),
    bytes: Number(row['bytes']),
    checksum: Number(row['checksum']),
    keptAt: Number(row['kept_at']),
  };
}
