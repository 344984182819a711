import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Watcher } from './site-stream.ts';

/** What waits for a reader: one that is slower than that is cut, and comes back for the rest by itself. */
const UNREAD_BYTES = 2 * 1024 * 1024;

/** One open answer of `text/event-stream`. It holds no more than a reader may be behind. */
export class EventConnection implements Watcher {
  readonly #body = new PassThrough();
  readonly #reply: FastifyReply;
  readonly #unreadBytes: number;

  constructor(reply: FastifyReply, unreadBytes = UNREAD_BYTES) {
    this.#reply = reply;
    this.#unreadBytes = unreadBytes;
  }

  /** Begins the answer; `closed` is called once, however it ends. */
  begin(closed: () => void): void {
    this.#body.once('close', closed);
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
    if (this.#unread() > this.#unreadBytes) this.#cut();
  }

  end(): void {
    this.#body.end();
  }

  #unread(): number {
    const { writableLength, readableLength } = this.#body;
    return writableLength + readableLength + this.#reply.raw.writableLength;
  }

  #cut(): void {
    this.#body.destroy();
    this.#reply.raw.destroy();
  }
}
