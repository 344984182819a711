import { Logger } from '@nestjs/common';
import { type DataSource, AbstractLogger } from 'typeorm';
import { isDiskFull } from '../../platform/database/unavailable.ts';

/** More than any one statement of ours adds to a file; of texts that do not compress. */
const WRITES_A_MIB = `create temp table room_on_disk on commit drop as
  select md5(n::text || random()::text) as text from generate_series(1, 16384) n`;

/** Hears what Postgres refuses for want of room, and finds out when there is some again. */
export class DiskWatch extends AbstractLogger {
  readonly #logger = new Logger('Database');
  #isFull = false;

  static of({ logger }: DataSource): DiskWatch | null {
    return logger instanceof DiskWatch ? logger : null;
  }

  /** Called for every statement that fails. */
  override logQueryError(error: string | Error): void {
    if (!isDiskFull(error) || this.#isFull) return;
    this.#isFull = true;
    this.#logger.error({
      event: 'disk-full',
      reason:
        'Postgres has no room on its disk: nothing can be stored. Agents keep their results and send them again. Make room on that volume; Mailpath goes on by itself.',
    });
  }

  /** Whether Postgres can store: asked of Postgres only after it has said no. */
  async hasRoom(database: DataSource): Promise<boolean> {
    if (!this.#isFull) return true;
    try {
      await database.transaction((manager) => manager.query(WRITES_A_MIB));
    } catch (error) {
      if (isDiskFull(error)) return false;
      // It cannot be asked so, such as by a role without TEMP: the next statement that needs room tells.
      this.#logger.warn({ event: 'disk-not-asked', reason: (error as Error).message });
    }
    this.#isFull = false;
    this.#logger.log({ event: 'disk-has-room' });
    return true;
  }

  /** Statements themselves are not written anywhere: they hold what is nobody's. */
  protected override writeLog(): void {}
}
