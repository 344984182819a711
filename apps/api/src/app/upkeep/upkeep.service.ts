import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import type { DatabaseSession } from './database-session.ts';
import { moveElsewhen } from './elsewhen.ts';
import { Packing } from '../../history/packing/packing.service.ts';
import { RetentionService } from '../../history/retention/retention.service.ts';
import { giveBackEmpty, prepare } from './partitions.ts';
import { deleteOld } from './retention.ts';

/**
 * Any number, as long as it stays the same: whoever holds this lock does the work, and the others have nothing to do.
 */
const LOCK = 7_263_541_909;
const HOUR_MS = 3_600_000;
const CLEAN_UP = 'clean-up';

/**
 * Keeps the tables in order beside what the API does: partitions ahead of time, every hour the packing of results that
 * no round needs any more, and once a day the end of what is old. It begins with the API, which waits for nothing of
 * it. One instance at a time.
 */
@Injectable()
export class Upkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('Upkeep');
  #timer: NodeJS.Timeout | undefined;
  #current: Promise<void> | undefined;
  #stopping = false;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly packing: Packing,
    private readonly retention: RetentionService,
  ) {}

  onApplicationBootstrap(): void {
    void this.tend();
    this.#timer = setInterval(() => void this.tend(), HOUR_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping = true;
    await this.#current;
  }

  /**
   * Does what is due now, or waits for the end of what is being done. Never rejects: what could not be done is due
   * again in an hour.
   */
  tend(): Promise<void> {
    this.#current ??= this.#asTheOnlyOne((session) => this.#work(session))
      .catch((error: Error) => this.#logger.warn({ event: 'upkeep', reason: error.message }))
      .finally(() => {
        this.#current = undefined;
      });
    return this.#current;
  }

  async #work(session: DatabaseSession): Promise<void> {
    const now = this.clock.now();
    const more = (): boolean => !this.#stopping;
    await prepare(session, now);
    const moved = await moveElsewhen(session, more);
    if (moved > 0) this.#logger.log({ event: 'results-moved', rows: moved });
    const packed = await this.packing.pack(now, more);
    if (packed.results > 0) this.#logger.log({ event: 'results-packed', ...packed });
    const emptied = more() ? await giveBackEmpty(session, now) : [];
    if (emptied.length > 0) this.#logger.log({ event: 'weeks-emptied', partitions: emptied });
    if (!(await isDue(session, now))) return;
    const { rows, partitions } = await deleteOld(session, now, await this.retention.days(session), more);
    if (!more()) return;
    this.#logger.log({ event: 'old-deleted', ...rows, partitions });
    await session.query(
      'insert into daily_jobs (name, done_at) values ($1, $2) on conflict (name) do update set done_at = excluded.done_at',
      [CLEAN_UP, now],
    );
  }

  /** All on one connection, whose end gives the lock back, whatever happens. */
  async #asTheOnlyOne(work: (session: DatabaseSession) => Promise<void>): Promise<void> {
    const runner = this.database.createQueryRunner();
    try {
      const [lock]: { held: boolean }[] = await runner.query('select pg_try_advisory_lock($1) as held', [
        LOCK,
      ]);
      if (!lock?.held) return;
      try {
        await work(runner);
      } finally {
        await runner.query('select pg_advisory_unlock($1)', [LOCK]);
      }
    } finally {
      await runner.release();
    }
  }
}

/** Once on each day (UTC); also where the clock was ahead when it was done last. */
async function isDue(session: DatabaseSession, now: Date): Promise<boolean> {
  const [last]: { done_at: Date }[] = await session.query('select done_at from daily_jobs where name = $1', [
    CLEAN_UP,
  ]);
  return dayOf(last?.done_at) !== dayOf(now);
}

const dayOf = (moment: Date | undefined): string | undefined => moment?.toISOString().slice(0, 10);
