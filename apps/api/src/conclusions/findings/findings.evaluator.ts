import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { isDatabaseUnavailable } from '../../platform/database/unavailable.ts';
import { BATCH_STORED } from '../../history/results/result-events.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { FINDINGS_CHANGED } from './finding-events.ts';
import { changesOf } from './finding-life.ts';
import { FindingRecords } from './finding-records.service.ts';
import { SitePictures } from './site-pictures.service.ts';
import { SiteQueue } from './site-queue.ts';

/** Long enough that the batches of one round count as one. */
const DELAY_MS = 100;
/** When the database was away, the results that came last are judged this much later. */
const RETRY_MS = 30_000;
/**
 * The longest that an end waits: a database that stopped answering holds up nobody, and the next start judges every
 * site.
 */
const END_MS = 5_000;

/** Draws the conclusions of a site whenever there are new results of it, or when what it consists of has changed. */
@Injectable()
export class FindingsEvaluator implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(FindingsEvaluator.name);
  /** By site: when one of its servers becomes silent, nothing comes that would ask. */
  readonly #silences = new Map<string, NodeJS.Timeout>();
  readonly #queue = new SiteQueue((siteId) => this.#evaluate(siteId), DELAY_MS);

  constructor(
    private readonly sites: SitesService,
    private readonly pictures: SitePictures,
    private readonly records: FindingRecords,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {
    events.on(BATCH_STORED, ({ siteId }) => this.#queue.ask(siteId));
    events.on(SITE_CHANGED, (siteId) => this.#queue.ask(siteId));
  }

  /** Results may have been stored just before the last end. */
  async onApplicationBootstrap(): Promise<void> {
    for (const id of await this.sites.ids()) this.#queue.ask(id);
  }

  /** Before the connections to the database are closed. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.#silences.values()) clearTimeout(timer);
    const limit = Promise.withResolvers<void>();
    const timer = setTimeout(limit.resolve, END_MS);
    await Promise.race([this.#queue.end(), limit.promise]);
    clearTimeout(timer);
  }

  /** Ends when everything that has been stored is judged. */
  settled(): Promise<void> {
    return this.#queue.settled();
  }

  #askIn(siteId: string, ms: number | null): void {
    clearTimeout(this.#silences.get(siteId));
    this.#silences.delete(siteId);
    if (ms !== null) this.#silences.set(siteId, setTimeout(() => this.#queue.ask(siteId), ms).unref());
  }

  /** Never rejects. */
  async #evaluate(siteId: string): Promise<void> {
    try {
      let isNews = false;
      await this.records.change(siteId, async (known) => {
        const now = this.clock.now();
        const picture = await this.pictures.of(siteId, now);
        this.#askIn(siteId, picture.againInMs);
        const changes = changesOf({
          ...picture,
          known: await known(picture.found.map(({ key }) => key)),
        });
        isNews = changes.length > 0;
        return { now, changes };
      });
      if (isNews) void this.events.tell(FINDINGS_CHANGED, siteId);
    } catch (error) {
      // Deleted meanwhile: nothing follows from it any more.
      if (error instanceof MailpathError && error.code === 'not-found') return this.#askIn(siteId, null);
      // The results are stored: the conclusions follow later.
      const { message, stack } = error as Error;
      const about = { siteId, reason: message };
      if (isDatabaseUnavailable(error)) this.#logger.warn({ event: 'findings-later', ...about });
      else this.#logger.error({ event: 'findings-failed', ...about }, stack);
      setTimeout(() => this.#queue.ask(siteId), RETRY_MS).unref();
    }
  }
}
