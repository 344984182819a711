import { CLOSE, MAX_BATCH, type UpgradeNews } from '@mailpath/protocol';
import { Detour, DETOUR_TIMINGS } from './detour.ts';
import { Handovers, type Handover } from './handovers.ts';
import { Link, type AfterWelcome, type LinkEnd } from './link.ts';
import { HttpsLine, troubleOf } from './https-line.ts';
import { textOf } from './log.ts';
import { reconnectDelayMs, REFUSAL_ADVICE } from './reconnect.ts';
import { UPLINK_TIMINGS, type UplinkOptions, type UplinkTimings } from './uplink-options.ts';

/** Keeps one connection to the API, and sends what the outbox holds: one batch at a time, until it is acknowledged. */
export class Uplink {
  readonly #options: UplinkOptions;
  readonly #timings: UplinkTimings;
  readonly #handovers: Handovers;
  readonly #detour: Detour;
  #link: Link | null = null;
  #joined = false;
  #attempts = 0;
  #batchLimit = MAX_BATCH;
  #sent = 0;
  /** An API could not read a compact frame: from then on, results go in full. */
  #inFull = false;
  /** What to do when the outbox is empty and everything is acknowledged; set while stopping. */
  #whenIdle: (() => void) | null = null;
  #whenEnded: (() => void) | null = null;
  #reconnect: NodeJS.Timeout | undefined;
  #stable: NodeJS.Timeout | undefined;
  #answer: NodeJS.Timeout | undefined;
  #deferred: NodeJS.Timeout | undefined;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#timings = options.timings ?? UPLINK_TIMINGS;
    this.#handovers = new Handovers(options.log);
    this.#detour = new Detour({
      ...options,
      line: new HttpsLine({ ...options, socketUrl: options.url }),
      onFree: () => this.flush(),
      timings: options.detourTimings ?? DETOUR_TIMINGS,
    });
  }

  start(): void {
    const { url, agentId, keys, facts, upgrade, boot, log } = this.#options;
    this.#link = new Link({
      url,
      agentId,
      key: keys.key,
      facts,
      ...(upgrade && { upgrade }),
      boot,
      log,
      inFull: this.#inFull,
      ...this.#timings,
      onWelcome: (serverName) => this.#welcomed(serverName),
      onMessage: (message) => this.#message(message),
      onEnd: (end) => this.#ended(end),
    });
  }

  /**
   * Hands on what a leased order obtained: now if the API is there, else once it is, in any case before the results
   * that come after it, and not beyond the lease.
   */
  handOver(handover: Handover, expiresAt: string): void {
    this.#handovers.add(handover, expiresAt);
    this.#sendHandovers();
  }

  /** Says what has become of an offer; where the API is away, the next join says it. */
  tellUpgrade(news: UpgradeNews): void {
    if (this.#joined) this.#link?.send({ event: 'upgrade', data: news });
  }

  /** Sends the next batch, if one may be sent now. To be called whenever the outbox has kept something. */
  flush(): void {
    if (!this.#joined || this.#sent > 0 || this.#deferred || this.#detour.isPosting) return;
    // While stopping nothing more is gathered: what was seen is kept now, and sent.
    if (this.#whenIdle) this.#options.outbox.tend();
    const batch = this.#options.outbox.nextBatch(this.#batchLimit);
    if (!batch) return this.#whenIdle?.();
    this.#sent = batch.deliveries.length;
    this.#answer = setTimeout(() => {
      this.#options.log.warn('no answer to a batch', { waitedMs: this.#timings.ackMs });
      this.#detour.failed({ fault: 'silent', detail: 'no answer to a batch' });
      this.#link?.close();
    }, this.#timings.ackMs);
    this.#link?.sendResults({ ...batch, sentAtMs: Date.now() });
    this.#handovers.batchSent();
  }

  /** Sends what can be sent within `graceMs`, says goodbye, connects no more. */
  async stop(graceMs: number): Promise<void> {
    clearTimeout(this.#reconnect);
    this.#detour.stop();
    if (!this.#link) return this.#handovers.clear();
    if (this.#joined) {
      const { promise: idle, resolve } = Promise.withResolvers<void>();
      this.#whenIdle = resolve;
      const grace = setTimeout(resolve, graceMs);
      this.flush();
      await idle;
      clearTimeout(grace);
    }
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    this.#whenEnded = resolve;
    if (this.#link) this.#link.close();
    else resolve();
    await ended;
    this.#handovers.clear();
  }

  #sendHandovers(): void {
    if (!this.#joined) return;
    for (const handover of this.#handovers.takeUnsent()) this.#link?.send(handover);
  }

  #welcomed(serverName: string): void {
    this.#joined = true;
    const { log, keys, outbox, onJoined } = this.#options;
    keys.joined();
    this.#detour.joined();
    const connectionId = this.#link?.connectionId ?? null;
    log.info('joined', { serverName, connectionId, waiting: outbox.waiting().rows });
    this.#stable = setTimeout(() => {
      this.#attempts = 0;
      this.#detour.over();
    }, this.#timings.stableMs);
    onJoined?.();
    this.#sendHandovers();
    this.flush();
  }

  #message(message: AfterWelcome): void {
    const { log, outbox } = this.#options;
    switch (message.event) {
      case 'assignment':
        return this.#options.onAssignment(message.data);
      case 'run':
        return this.#options.onOrder(message.data);
      case 'upgrade':
        return this.#options.onUpgrade?.(message.data);
      case 'rotate-key':
        return this.#offerKey();
      case 'key-noted':
        return this.#keyNoted();
      case 'layouts-unknown':
        if (this.#sent === 0) return log.warn('frame ignored', { reason: 'layouts unknown without a batch' });
        this.#link?.forgetLayouts();
        this.#batchOver();
        outbox.release();
        return this.flush();
      case 'deferred':
        if (this.#sent === 0) return log.warn('frame ignored', { reason: 'deferred without a batch' });
        this.#batchOver();
        outbox.release();
        // An API that errs in the unit must not silence us for days.
        return this.#defer(Math.min(message.data.retryAfterMs, 5 * 60_000));
      case 'acknowledged':
        if (!outbox.acknowledge(message.data.boot, message.data.sequence)) {
          return log.warn('frame ignored', { reason: 'acknowledged what is not in flight' });
        }
        this.#batchOver();
        this.#detour.over();
        this.#handovers.batchStored();
        this.#batchLimit = MAX_BATCH;
        this.#options.onAcknowledged?.(message.data.boot, message.data.sequence);
        return this.flush();
    }
  }

  #offerKey(): void {
    try {
      this.#link?.offerKey(this.#options.keys.makeNext());
    } catch (error) {
      this.#options.log.error('no new key', { reason: textOf(error) });
    }
  }

  #keyNoted(): void {
    this.#options.keys.noted();
    this.#attempts = 0;
    this.#link?.close();
  }

  #defer(delayMs: number): void {
    this.#options.log.warn('results deferred by the API', { retryAfterMs: delayMs });
    this.#deferred = setTimeout(() => {
      this.#deferred = undefined;
      this.flush();
    }, delayMs);
  }

  #batchOver(): void {
    clearTimeout(this.#answer);
    this.#sent = 0;
  }

  #ended(end: LinkEnd): void {
    this.#refused(end.code);
    this.#batchOver();
    this.#handovers.connectionLost();
    if (!this.#detour.isPosting) this.#options.outbox.release();
    const connectionId = this.#link?.connectionId ?? null;
    const trouble = this.#joined ? null : troubleOf(end, this.#link?.wasOpen ?? false);
    if (trouble) this.#detour.failed(trouble);
    this.#detour.left();
    clearTimeout(this.#stable);
    clearTimeout(this.#deferred);
    this.#deferred = undefined;
    if (this.#joined) this.#options.onParted?.();
    this.#joined = false;
    this.#link = null;
    if (this.#whenIdle || this.#whenEnded) {
      this.#whenIdle?.();
      return this.#whenEnded?.();
    }
    const { log, random = Math.random } = this.#options;
    // Of two keys the other one may be good.
    const hasOther = end.code === CLOSE.notKnown && this.#options.keys.turn();
    const code = hasOther ? CLOSE.goingAway : end.code;
    const delayMs = reconnectDelayMs(code, this.#attempts, random, this.#timings.retryUnitMs);
    this.#attempts += 1;
    const advice = REFUSAL_ADVICE[code];
    const { reason, error } = end;
    const fields = { code: end.code, reason, error, retryInMs: delayMs, connectionId };
    if (advice === undefined) log.warn('disconnected', fields);
    else log.error('turned away', { ...fields, advice });
    this.#reconnect = setTimeout(() => this.start(), delayMs);
  }

  /**
   * A batch that the API cannot read is sent in ever smaller ones, until the one result at fault is found and given up.
   */
  #refused(code: number): void {
    if (code !== CLOSE.badFrame && code !== CLOSE.frameTooBig) return;
    // The batch is blamed only where it is the only thing that can be at fault: a result given up is lost for ever.
    if (this.#handovers.giveUpSent() || this.#sent === 0) return;
    if (this.#link?.wasCompact) {
      this.#inFull = true;
      this.#options.log.warn('compact frame refused: results go in full', { code });
    } else if (this.#sent === 1) {
      this.#options.log.error('result given up: the API cannot read it', { code });
      this.#options.outbox.giveUpInFlight();
      this.#batchLimit = MAX_BATCH;
    } else {
      this.#batchLimit = Math.ceil(this.#sent / 4);
    }
  }
}
