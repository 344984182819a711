import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

const KEPT = 512;

/**
 * Stands between a socket and TLS and keeps the first bytes that came, so that "not TLS" can be told with what was said
 * instead. OpenSSL only says "wrong version number".
 */
export class Tap extends Duplex {
  readonly #socket: Socket;
  #first: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    // The socket's errors become the tap's, so its own end must not be taken for an error of ours.
    super({ allowHalfOpen: true });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (this.#first.length < KEPT) this.#first = Buffer.concat([this.#first, chunk]).subarray(0, KEPT);
      if (!this.push(chunk)) socket.pause();
    });
    socket.once('end', () => this.push(null));
    socket.once('error', (error) => this.destroy(error));
    // After an end in good order what came before it may still wait to be read.
    socket.once('close', () => socket.readableEnded || this.destroy());
  }

  /** What came first, when it is no TLS record (RFC 8446, section 5.1: handshake 22 or alert 21); null otherwise. */
  notTls(): string | null {
    const [type] = this.#first;
    return type === undefined || type === 0x15 || type === 0x16 ? null : this.#first.toString('utf8');
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
