import type { SQLInputValue } from 'node:sqlite';
import type { Log } from './log.ts';
import { checksumOf, type KeptResult } from './kept-result.ts';
import { OutboxFile, type OutboxFileOptions } from './outbox-file.ts';
import type { OutboxLedger } from './outbox-ledger.ts';
import {
  INSERT,
  insertValues,
  keepValue,
  keptValue,
  rowsBehind,
  usedBytes,
  type StoredResult,
} from './outbox-rows.ts';
import { damage } from './state-db.ts';

export interface OutboxLimits {
  rows: number;
  /** Bytes of the database file that hold something. */
  bytes: number;
  ageMs: number;
}

export interface OutboxTableOptions extends OutboxFileOptions {
  limits: OutboxLimits;
}

/** The outbox on disk. `store` and `keepWithinLimits` throw while the disk refuses; nothing else does. */
export class OutboxTable {
  readonly #limits: OutboxLimits;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #file: OutboxFile;
  /** All rows up to here are over and done with, though the disk may not have deleted them yet, or may refuse to. */
  #forgotten = { edition: 0, position: 0 };
  #owed = false;

  constructor(options: OutboxTableOptions) {
    this.#limits = options.limits;
    this.#log = options.log;
    this.#now = options.now;
    this.#file = new OutboxFile(options);
  }

  get ledger(): OutboxLedger {
    return this.#file.ledger;
  }

  get rows(): number {
    return this.#file.rows;
  }

  /** Takes rows, and settles what else is owed to the disk, in one transaction. */
  store(rows: readonly KeptResult[]): void {
    if (this.#file.isOpen && rows.length === 0 && !this.#owed) return;
    this.#file.write((db) => {
      const passed = this.#passed();
      db.prepare('delete from deliveries where position <= ?').run(passed);
      const left = db.prepare('select 1 from deliveries where position <= ? limit 1').get(passed);
      if (left) throw damage('it does not delete what it was told to');
      const insert = db.prepare(INSERT);
      for (const row of rows) insert.run(...insertValues(row));
      return rows.length;
    });
    this.#forgotten = { edition: this.#file.edition, position: 0 };
    this.#owed = false;
  }

  /** Gives up the oldest rows while there are too many, they are too large or too old. Says how many went. */
  keepWithinLimits(inFlight: readonly (KeptResult | StoredResult)[]): number {
    const { rows, bytes, ageMs } = this.#limits;
    const tooOld = this.#now() - ageMs;
    const over = this.#file.rows - rows;
    const within = this.#file.read((db) => {
      const oldest = db.prepare('select kept_at from deliveries order by position limit 1').get()?.[
        'kept_at'
      ];
      return typeof oldest !== 'number' || (over <= 0 && oldest >= tooOld && usedBytes(db) <= bytes);
    });
    if (within) return 0;
    // What is on its way may well arrive; it is left alone until that is known.
    const spared = Math.max(this.#passed(), ...inFlight.map((row) => this.#positionNow(row)));
    return -this.#file.write((db) => {
      const oldestFirst = 'select position from deliveries where position > ? order by position limit ?';
      const drop = (where: string, ...values: SQLInputValue[]): number =>
        Number(db.prepare(`delete from deliveries where ${where}`).run(...values).changes);
      let gone = drop('position > ? and kept_at < ?', spared, tooOld);
      if (over > gone) gone += drop(`position in (${oldestFirst})`, spared, over - gone);
      for (let went = 1; went > 0 && usedBytes(db) > bytes; gone += went) {
        went = drop(`position in (${oldestFirst})`, spared, 8);
      }
      return -gone;
    });
  }

  /** The oldest rows, in order; null when the disk cannot be read now. Damaged rows are given up and counted. */
  head(limit: number): StoredResult[] | null {
    return this.#file.tolerate(null, (db) => {
      for (;;) {
        const rows = rowsBehind(db, this.#passed(), limit, this.#file.edition);
        const sound = rows.filter((row) => checksumOf(row) === row.checksum);
        if (sound.some((row) => !this.ledger.mayWait(row.boot, row.sequence)))
          throw damage('it holds results that were acknowledged and deleted');
        if (sound.length < rows.length) this.#giveUp(rows.filter((row) => !sound.includes(row)));
        if (sound.length > 0 || rows.length === 0) return sound;
      }
    });
  }

  /**
   * Before this row is sent: what it passes by is written down first. Where the disk refuses it is sent all the same;
   * then only damage to the disk in this moment could bring back, and count twice, what was given up.
   */
  passBy(row: StoredResult): void {
    if (this.ledger.passBy(row)) this.#file.tolerate(0, () => this.#file.write(() => 0));
  }

  /** These will not be sent again, whether or not the disk deletes them; `store` settles it. */
  forget(rows: readonly StoredResult[]): void {
    const last = rows.at(-1);
    if (!last) return;
    this.#owed = true;
    if (rows.every((row) => this.#positionNow(row) > 0)) {
      this.#forgotten = { edition: this.#file.edition, position: last.position };
      this.#file.discount(rows.length);
    } else {
      this.forgetUpTo(last.boot, last.sequence);
    }
  }

  /** The same for results whose position is not known: sent from memory, or before the rows got new ones. */
  forgetUpTo(boot: string, sequence: number): void {
    this.#owed = true;
    this.#file.tolerate(0, () =>
      this.#file.write((db) => {
        const drop = db.prepare('delete from deliveries where boot = ? and sequence <= ? and position > ?');
        return -Number(drop.run(boot, sequence, this.#passed()).changes);
      }),
    );
  }

  keep(name: string, value: string): void {
    this.#file.tolerate(undefined, (db) => keepValue(db, name, value));
  }

  kept(name: string): string | null {
    return this.#file.tolerate(null, (db) => keptValue(db, name));
  }

  setAside(reason: string): void {
    this.#file.setAside(reason);
  }

  close(): void {
    this.#file.close();
  }

  #giveUp(damaged: readonly StoredResult[]): void {
    this.#file.write((db) => {
      const drop = db.prepare('delete from deliveries where position = ?');
      const went = damaged.reduce((sum, row) => sum + Number(drop.run(row.position).changes), 0);
      if (went !== damaged.length) throw damage('it does not delete what it was told to');
      return -went;
    });
    this.#log.error('damaged results dropped', {
      dropped: damaged.length,
      total: this.ledger.dropped(this.rows),
    });
  }

  #passed(): number {
    return this.#forgotten.edition === this.#file.edition ? this.#forgotten.position : 0;
  }

  #positionNow(row: KeptResult | StoredResult): number {
    return 'position' in row && row.edition === this.#file.edition ? row.position : 0;
  }
}
