import { MailpathError } from '../../platform/errors.ts';
import { changesBetween } from './changes.ts';
import { EventLog } from './event-log.ts';
import type { LivePicture } from './live-picture.ts';
import type { SiteEvent } from './site-event.ts';

/** Whoever is told; `end` is the last that is said. */
export interface Watcher {
  say(text: string): void;
  end(): void;
}

export interface Pace {
  /** A comparison is told at most so often. */
  everyMs: number;
  /** What comes together is looked at together. */
  settleMs: number;
  /** Results grow old, and agents fall silent, without a word: it is looked again by itself. */
  againMs: number;
}
export const PACE: Pace = { everyMs: 500, settleMs: 100, againMs: 10_000 };

/** One site in one language, for all who watch it: looked at once, told to each. */
export class SiteStream {
  readonly #read: () => Promise<LivePicture>;
  readonly #failed: (error: unknown) => void;
  readonly #pace: Pace;
  readonly #log = new EventLog();
  readonly #watchers = new Set<Watcher>();
  #picture: LivePicture | undefined;
  #opening: Promise<void> | undefined;
  /** Comparisons that wait for their turn. */
  #waiting: SiteEvent[] = [];
  #isStirred = false;
  #isSiteChanged = false;
  #isLooking = false;
  #toldAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  /** Since when nobody watches, by the monotonic clock; null while somebody does. */
  idleSince: number | null = performance.now();

  constructor(read: () => Promise<LivePicture>, failed: (error: unknown) => void, pace: Pace = PACE) {
    this.#read = read;
    this.#failed = failed;
    this.#pace = pace;
  }

  /** Ends when there is a picture that changes can be told against; throws not-found. */
  async open(): Promise<void> {
    if (this.#picture) return;
    this.#opening ??= this.#read().then((picture) => void (this.#picture = picture));
    try {
      await this.#opening;
    } finally {
      this.#opening = undefined;
    }
  }

  /** Something may be new; `site` where settings or servers are. */
  stir(site = false): void {
    this.#isStirred = true;
    this.#isSiteChanged ||= site;
    this.#schedule();
  }

  /**
   * Tells what the watcher has missed since `lastEventId`, or that this is not known, and from now on everything. After
   * `open`. Answers how it stops.
   */
  watch(watcher: Watcher, lastEventId: string | undefined): () => void {
    const missed = lastEventId === undefined ? undefined : this.#log.after(lastEventId);
    if (missed === null) watcher.say(this.#log.say({ event: 'reset', data: {} }));
    else if (missed === undefined) watcher.say(this.beat());
    else for (const text of [...missed, this.beat()]) watcher.say(text);
    this.#watchers.add(watcher);
    this.idleSince = null;
    this.#again ??= setInterval(() => this.stir(), this.#pace.againMs).unref();
    // Nobody looked while nobody watched.
    this.stir();
    return () => {
      if (!this.#watchers.delete(watcher) || this.#watchers.size > 0) return;
      this.idleSince = performance.now();
      this.#stop();
    };
  }

  beat(): string {
    return this.#log.say({ event: 'beat', data: {} });
  }

  /** Says no more; those who watch are told to go. */
  end(): void {
    this.#stop();
    // Whoever comes later is told whether the site is still there.
    this.#picture = undefined;
    this.#waiting = [];
    const all = [...this.#watchers];
    this.#watchers.clear();
    this.idleSince ??= performance.now();
    for (const watcher of all) watcher.end();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#again);
    this.#timer = undefined;
    this.#again = undefined;
  }

  #schedule(): void {
    const hasWork = this.#isStirred || this.#waiting.length > 0;
    if (!hasWork || this.#timer || this.#isLooking || this.#watchers.size === 0) return;
    const waitMs = Math.max(this.#pace.settleMs, this.#toldAt + this.#pace.everyMs - performance.now());
    this.#timer = setTimeout(() => void this.#turn(), waitMs).unref();
  }

  /** Never rejects. */
  async #turn(): Promise<void> {
    this.#isLooking = true;
    try {
      // A round that is spread over several events is told to its end before anybody looks again.
      if (this.#waiting.length === 0) await this.#look();
      const next = this.#waiting.shift();
      if (next !== undefined) this.#tell(next);
    } catch (error) {
      if (error instanceof MailpathError && error.code === 'not-found') this.end();
      else this.#failed(error);
    } finally {
      this.#timer = undefined;
      this.#isLooking = false;
      this.#schedule();
    }
  }

  async #look(): Promise<void> {
    this.#isStirred = false;
    // Before it is looked, so that a look which fails is followed by another, but not at once.
    this.#toldAt = performance.now();
    const now = await this.#read();
    const before = this.#picture ?? now;
    this.#picture = now;
    const events = changesBetween(before, now);
    if (this.#isSiteChanged && !events.some(({ event }) => event === 'site'))
      events.push({ event: 'site', data: {} });
    this.#isSiteChanged = false;
    for (const event of events) {
      if (event.event === 'comparison') this.#waiting.push(event);
      else this.#tell(event);
    }
  }

  /** An event has its id when it is told: whoever comes back with that id has heard all before it. */
  #tell(event: SiteEvent): void {
    const text = this.#log.add(event);
    this.#toldAt = performance.now();
    for (const watcher of this.#watchers) watcher.say(text);
  }
}
