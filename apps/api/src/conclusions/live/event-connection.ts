import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Watcher } from './site-stream.ts';

/** What waits for a reader: one that is slower than that is cut, and comes back for the rest by itself. */
const UNREAD_BYTES = 2 * 1024 * 1024;
/** What waits for all readers together; beyond it, whoever is behind by more than one event is cut. */
const UNREAD_IN_ALL_BYTES = 64 * 1024 * 1024;
const ONE_EVENT_BYTES = 64 * 1024;

/** What waits for the readers of one process. */
export class UnreadInAll {
  bytes = 0;

  constructor(readonly most = UNREAD_IN_ALL_BYTES) {}
}

/** One open answer of `text/event-stream`. It holds no more than a reader may be behind. */
export class EventConnection implements Watcher {
  readonly #body = new PassThrough();
  readonly #reply: FastifyReply;
  readonly #unreadBytes: number;
  readonly #inAll: UnreadInAll;
  #noted = 0;
  #unreadAtBeat = 0;
  #saidSinceBeat = 0;

  constructor(reply: FastifyReply, unreadBytes = UNREAD_BYTES, inAll = new UnreadInAll()) {
    this.#reply = reply;
    this.#unreadBytes = unreadBytes;
    this.#inAll = inAll;
  }

  /** Begins the answer; `closed` is called once, however it ends. */
  begin(closed: () => void): void {
    this.#body.once('close', () => {
      this.#note(0);
      closed();
    });
    // The other end has gone: 'close' follows.
    this.#body.on('error', () => undefined);
    // A proxy in between keeps nothing back.
    void this.#reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(this.#body);
  }

  say(text: string): void {
    if (this.#body.destroyed || this.#body.writableEnded) return;
    this.#body.write(text);
    this.#saidSinceBeat += Buffer.byteLength(text);
    const unread = this.#unread();
    this.#note(unread);
    const isOneOfTooMany = this.#inAll.bytes > this.#inAll.most && unread > ONE_EVENT_BYTES;
    if (unread > this.#unreadBytes || isOneOfTooMany) this.#cut();
  }

  /** Says `text`, unless the reader has read nothing since the last beat of what it was behind by then: it is cut. */
  beat(text: string): void {
    const unread = this.#unread();
    this.#note(unread);
    if (this.#unreadAtBeat > 0 && unread >= this.#unreadAtBeat + this.#saidSinceBeat) return this.#cut();
    this.#unreadAtBeat = unread;
    this.#saidSinceBeat = 0;
    this.say(text);
  }

  end(): void {
    this.#body.end();
  }

  #unread(): number {
    const { writableLength, readableLength } = this.#body;
    return writableLength + readableLength + this.#reply.raw.writableLength;
  }

  #note(unread: number): void {
    this.#inAll.bytes += unread - this.#noted;
    this.#noted = unread;
  }

  #cut(): void {
    this.#body.destroy();
    this.#reply.raw.destroy();
  }
}
