import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDatabaseUnavailable } from '../../platform/database/unavailable.ts';
import { Clock } from '../../platform/clock.ts';
import { OrderQueue } from '../orders/order-queue.service.ts';
import { RunsService } from './runs.service.ts';

/** How often the clock is looked at; rounds are a minute apart at the least. */
const TICK_MS = 10_000;

/** Starts the regular rounds of sign-ins to the mailboxes. */
@Injectable()
export class MailboxSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('MailboxSchedule');
  #timer: NodeJS.Timeout | undefined;
  #ticking = false;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly runs: RunsService,
    private readonly queue: OrderQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.tick(), TICK_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Starts what is due now. Never rejects; one look at a time. */
  async tick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    try {
      for (const siteId of await this.#due()) await this.#startRound(siteId);
    } catch (error) {
      // The database may be away; what is due stays due.
      this.#report(error);
    } finally {
      this.#ticking = false;
    }
  }

  /** Sites with a mailbox whose moment has come, or that never had one. */
  async #due(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `select s.id from sites s left join mail_rounds r on r.site_id = s.id
       where s.mailbox_every_seconds is not null and coalesce(r.due_at, '-infinity') <= $1
         and exists (select from mailboxes m where m.site_id = s.id and m.retired_at is null)`,
      [this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }

  async #startRound(siteId: string): Promise<void> {
    try {
      // A round that takes longer than its interval is not begun twice; the next look comes soon.
      if (await this.queue.isBusy(siteId)) return;
      await this.runs.startMailboxes(siteId, () => this.#claim(siteId));
    } catch (error) {
      // One site must not keep the others waiting; its next moment comes.
      this.#report(error, siteId);
    }
  }

  /** Whoever moves the moment on has the round: several instances may look at the same time. */
  async #claim(siteId: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `insert into mail_rounds as round (site_id, due_at)
       select id, $2::timestamptz + make_interval(secs => mailbox_every_seconds) from sites
       where id = $1 and mailbox_every_seconds is not null
       on conflict (site_id) do update set due_at = excluded.due_at where round.due_at <= $2
       returning site_id`,
      [siteId, this.clock.now()],
    );
    return rows.length > 0;
  }

  #report(error: unknown, siteId?: string): void {
    const { message, stack } = error as Error;
    const about = { siteId, reason: message };
    if (isDatabaseUnavailable(error)) this.#logger.warn({ event: 'mailbox-round-later', ...about });
    else this.#logger.error({ event: 'mailbox-round-failed', ...about }, stack);
  }
}
