import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { PathError } from '../path-error.ts';

const KEPT = 512;
/**
 * A handshake's most bytes. Ordinary chains have some thousand; OpenSSL by itself would take a hundred thousand and
 * more.
 */
const MOST_HANDSHAKE_BYTES = 64 * 1024;

/**
 * Stands between a socket and TLS and keeps the first bytes that came, so that "not TLS" can be told with what was said
 * instead. OpenSSL only says "wrong version number".
 */
export class Tap extends Duplex {
  readonly #socket: Socket;
  #first: Buffer = Buffer.alloc(0);
  #read = 0;
  #secured = false;
  /** Set once the other end has said more than a handshake is worth. */
  tooMuch: PathError | null = null;

  constructor(socket: Socket) {
    // The socket's errors become the tap's, so its own end must not be taken for an error of ours.
    super({ allowHalfOpen: true });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      const missing = KEPT - this.#first.length;
      if (missing > 0) this.#first = Buffer.concat([this.#first, chunk.subarray(0, missing)]);
      this.#read += chunk.length;
      if (!this.#secured && this.#read > MOST_HANDSHAKE_BYTES) this.#giveUp();
      else if (!this.push(chunk)) socket.pause();
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

  /** The handshake is over: how much is read from here on is the protocol's business. */
  secured(): void {
    this.#secured = true;
  }

  #giveUp(): void {
    const fact = `sent more than ${MOST_HANDSHAKE_BYTES} bytes without completing the TLS handshake`;
    this.tooMuch ??= new PathError('tls-failed', fact);
    this.destroy(this.tooMuch);
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
