import type { DatabaseSync } from 'node:sqlite';
import { textOf, type Log } from './log.ts';
import { LedgerFile } from './ledger-file.ts';
import { OutboxLedger } from './outbox-ledger.ts';
import { rebuild } from './outbox-rebuild.ts';
import { keepValue } from './outbox-rows.ts';
import { readWal } from './page-images.ts';
import { damage, isDamage, LEDGER, ledgerIn, moveAside, openStateDb, stateDbPath } from './state-db.ts';

export interface OutboxFileOptions {
  stateDir: string;
  boot: string;
  log: Log;
  now: () => number;
}

/**
 * The database and its ledger: opened when needed, and rebuilt from what can still be read when it turns out to be
 * damaged.
 */
export class OutboxFile {
  readonly #options: OutboxFileOptions;
  readonly #file: string;
  readonly #beside: LedgerFile;
  /** What this process knows; once the disk was read, with all that was before it. */
  ledger: OutboxLedger;
  #db: DatabaseSync | null = null;
  #continued = false;
  #edition = 0;
  #rows = 0;

  constructor(options: OutboxFileOptions) {
    this.#options = options;
    this.#file = stateDbPath(options.stateDir);
    this.#beside = new LedgerFile(options.stateDir, options.log);
    this.ledger = new OutboxLedger(options.boot);
  }

  get isOpen(): boolean {
    return this.#db !== null;
  }

  /** Raised whenever the rows got new positions. */
  get edition(): number {
    return this.#edition;
  }

  /** How many wait, as far as transactions tell. */
  get rows(): number {
    return this.#rows;
  }

  /** These wait no more, though a transaction has yet to delete them. */
  discount(rows: number): void {
    this.#rows -= rows;
  }

  /** One transaction, the ledger with it. `work` says by how many the waiting rows became more. */
  write(work: (db: DatabaseSync) => number): number {
    const db = this.#guard(() => this.#open());
    return this.#guard(() => {
      const text = this.ledger.nextGeneration();
      let more: number;
      db.exec('begin immediate');
      try {
        more = work(db);
        keepValue(db, LEDGER, text);
        db.exec('commit');
      } catch (error) {
        if (db.isTransaction) db.exec('rollback');
        throw error;
      }
      this.#rows += more;
      this.ledger.written();
      this.#beside.write(this.ledger.generation, text);
      return more;
    });
  }

  read<T>(work: (db: DatabaseSync) => T): T {
    return this.#guard(() => work(this.#open()));
  }

  /** For work that may be left undone while the disk refuses. */
  tolerate<T>(otherwise: T, work: (db: DatabaseSync) => T): T {
    try {
      return this.read(work);
    } catch (error) {
      // The next write meets the same trouble and says so once, as "outbox degraded"; the caller goes on without.
      if (!isDamage(error)) return otherwise;
    }
    try {
      return this.read(work);
    } catch {
      // Rebuilt a moment ago, and refused again: as above.
      return otherwise;
    }
  }

  /** Begins anew, and keeps the file that was there under a dated name. */
  setAside(reason: string): void {
    const { boot, log, now } = this.#options;
    this.close();
    moveAside(this.#file, log, now, reason);
    this.#beside.remove();
    this.ledger = new OutboxLedger(boot);
    this.#edition += 1;
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }

  #open(): DatabaseSync {
    if (this.#db) return this.#db;
    // SQLite drops what it does not trust of its log; whether that was anything is known only afterwards.
    const wal = readWal(this.#file);
    const beside = this.#continued ? null : this.#beside.read();
    try {
      this.#db = this.#opened(beside);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#rebuild(wal, beside, textOf(error));
      this.#db = openStateDb(this.#file);
    }
    this.#continued = true;
    this.#rows = Number(this.#db.prepare('select count(*) as rows from deliveries').get()?.['rows']);
    // Told to both copies before the first result: a boot that the ledger does not know is over.
    this.write(() => 0);
    return this.#db;
  }

  #opened(beside: OutboxLedger | null): DatabaseSync {
    const db = openStateDb(this.#file);
    try {
      const inside = ledgerIn(db);
      const newest = Math.max(beside?.generation ?? 0, this.#continued ? this.ledger.generation : 0);
      if (newest > inside.generation) throw damage('it has lost what was written last');
      if (!this.#continued) this.ledger.continueFrom(inside);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  #rebuild(wal: Buffer, beside: OutboxLedger | null, reason: string): void {
    const { log, now } = this.#options;
    const known = this.#continued ? this.ledger : beside;
    const ledger = rebuild({ file: this.#file, wal, ledger: known, log, now, reason });
    if (!this.#continued) this.ledger.continueFrom(ledger);
    this.#continued = true;
    this.#edition += 1;
  }

  /** A file that turns out to be damaged is rebuilt at once, so that the next call finds a sound one. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (this.#db && isDamage(error)) {
        const wal = readWal(this.#file);
        this.close();
        this.#rebuild(wal, null, textOf(error));
      }
      throw error;
    }
  }
}
