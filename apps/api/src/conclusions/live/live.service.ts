import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Language } from '@mailpath/protocol';
import { PRESENCE_CHANGED } from '../../estate/connections/presence.ts';
import { SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { BATCH_STORED } from '../../history/results/result-events.ts';
import { Notices } from '../../platform/database/notices.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { RUN_CHANGED } from '../../work/runs/run-events.ts';
import { FINDINGS_CHANGED } from '../findings/finding-events.ts';
import { LivePictures } from './live-pictures.service.ts';
import { SiteStream } from './site-stream.ts';

/** Whoever was cut off has so long to come back and hear the rest. */
const KEPT_MS = 120_000;
const SWEEP_MS = 30_000;
/** The other instances are told of a site at most so often: that something is new, not what. */
const NOTICE_EVERY_MS = 250;

/**
 * The sites that are watched here, and what stirs them: something in this process, or in another one over the same
 * database. Either way the rows say what is new.
 */
@Injectable()
export class LiveService implements OnModuleInit, BeforeApplicationShutdown {
  readonly #logger = new Logger('Live');
  readonly #streams = new Map<string, { siteId: string; stream: SiteStream }>();
  /** Sites of which the others will be told in a moment. */
  readonly #due = new Map<string, NodeJS.Timeout>();
  #sweep: NodeJS.Timeout | undefined;

  constructor(
    private readonly pictures: LivePictures,
    private readonly notices: Notices,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(BATCH_STORED, ({ siteId }) => this.#happened(siteId));
    for (const kind of [PRESENCE_CHANGED, RUN_CHANGED, FINDINGS_CHANGED])
      this.events.on(kind, (siteId) => this.#happened(siteId));
    // The others hear of it by a notice of its own.
    this.events.on(SITE_CHANGED, (siteId) => this.#stir(siteId, true));
    this.notices.on('site-stirred', (siteId) => this.#stir(siteId));
    this.notices.onMissed(() => {
      for (const { stream } of this.#streams.values()) stream.stir();
    });
    this.#sweep = setInterval(() => this.#forgetIdle(), SWEEP_MS).unref();
  }

  /** Before the server closes: it would wait for every open answer. */
  beforeApplicationShutdown(): void {
    clearInterval(this.#sweep);
    for (const timer of this.#due.values()) clearTimeout(timer);
    for (const { stream } of this.#streams.values()) stream.end();
    this.#streams.clear();
  }

  /** The stream of a site in a language, which has begun. Throws not-found. */
  async stream(siteId: string, language: Language): Promise<SiteStream> {
    const key = `${siteId} ${language}`;
    const known = this.#streams.get(key);
    const entry = known ?? { siteId, stream: this.#begin(siteId, language) };
    this.#streams.set(key, entry);
    try {
      await entry.stream.open();
    } catch (error) {
      this.#streams.delete(key);
      throw error;
    }
    return entry.stream;
  }

  #begin(siteId: string, language: Language): SiteStream {
    return new SiteStream(
      () => this.pictures.of(siteId, language),
      (error) => this.#logger.warn({ event: 'site-not-read', siteId, reason: (error as Error).message }),
    );
  }

  #happened(siteId: string): void {
    this.#stir(siteId);
    if (this.#due.has(siteId)) return;
    const timer = setTimeout(() => {
      this.#due.delete(siteId);
      void this.notices.tell('site-stirred', siteId);
    }, NOTICE_EVERY_MS).unref();
    this.#due.set(siteId, timer);
  }

  #stir(siteId: string, site = false): void {
    for (const each of this.#streams.values()) if (each.siteId === siteId) each.stream.stir(site);
  }

  #forgetIdle(): void {
    const before = performance.now() - KEPT_MS;
    for (const [key, { stream }] of this.#streams)
      if (stream.idleSince !== null && stream.idleSince < before) this.#streams.delete(key);
  }
}
