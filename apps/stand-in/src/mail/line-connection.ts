import type { Socket } from 'node:net';

/** Above this a line is swallowed and reported, as long as it ends. */
const SWALLOW_BYTES = 1024 * 1024;
const HOLD_BYTES = 256 * 1024;
/** A client may be silent for this long, and no longer. */
const IDLE_MS = 10 * 60_000;
/** No conversation lasts longer than this, whatever the client says meanwhile. */
const LIFE_MS = 60 * 60_000;
/** How long the other end may take to close after this one did. */
const LINGER_MS = 5000;
/** What one conversation may send in all. */
const TOTAL_BYTES = 64 * 1024 * 1024;

/** The other end is gone, or this end closed the connection: there is nobody left to talk to. */
export class ConnectionGone extends Error {}

/** The line was longer than allowed; it has been read to its end and dropped but for its first characters. */
export class LineTooLong extends Error {
  readonly start: string;

  constructor(line: string, limitBytes: number) {
    super(`a line of more than ${limitBytes} bytes`);
    this.start = line.slice(0, 64);
  }
}

/**
 * Lines and counted bytes of a socket, one reader at a time, bounded in bytes and time. Text is latin1: a character a
 * byte.
 */
export class LineConnection {
  readonly socket: Socket;
  #held: Buffer = Buffer.alloc(0);
  #total = 0;
  #gone = false;
  #wake: () => void = () => {};
  readonly #life: NodeJS.Timeout;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setTimeout(IDLE_MS);
    this.#life = setTimeout(this.#expire, LIFE_MS);
    socket.on('data', this.#hear).on('end', this.#lose).on('close', this.#lose);
    // A client may vanish at any moment; `close` follows and ends the conversation.
    socket.on('error', this.#lose).on('timeout', this.#expire);
    if (socket.destroyed || socket.readableEnded) this.#lose();
  }

  /** The next line without its end. Throws LineTooLong, ConnectionGone. */
  async readLine(limitBytes: number): Promise<string> {
    for (let searched = 0; ;) {
      const end = this.#held.indexOf('\n', searched);
      if (end === -1) {
        if (this.#held.length > SWALLOW_BYTES) this.#expire();
        searched = this.#held.length;
        await this.#more();
        continue;
      }
      const line = this.#held.toString('latin1', 0, this.#held[end - 1] === 13 ? end - 1 : end);
      this.#held = this.#held.subarray(end + 1);
      if (line.length > limitBytes) throw new LineTooLong(line, limitBytes);
      return line;
    }
  }

  /** Exactly so many bytes. Throws ConnectionGone. */
  async readBytes(count: number): Promise<Buffer> {
    while (this.#held.length < count) await this.#more();
    const bytes = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return bytes;
  }

  /** Hears nothing and says nothing until the other end goes: always rejects, with ConnectionGone. */
  async ignore(): Promise<never> {
    for (;;) {
      this.#held = Buffer.alloc(0);
      await this.#more();
    }
  }

  /** Resolves when it is with the operating system, or at least on its way. */
  async write(data: string | Buffer): Promise<void> {
    if (this.#gone) throw new ConnectionGone('nobody is left to hear it');
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    if (this.socket.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.socket.off('drain', done).off('close', done);
        resolve();
      };
      this.socket.on('drain', done).on('close', done);
    });
  }

  /** Ends the conversation in good order; whatever is read or written after it meets ConnectionGone. */
  end(): void {
    this.#lose();
    this.socket.resume();
    this.socket.end();
    this.socket.setTimeout(LINGER_MS);
  }

  /** Cuts the conversation: a reset, if the socket is the TCP connection itself. */
  cut(): void {
    this.#lose();
    if ('encrypted' in this.socket) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }

  /** Gives the socket away, say to TLS; what came in already and was not read is dropped (RFC 3207 section 4.2). */
  release(): Socket {
    this.#lose();
    this.socket.off('data', this.#hear).off('end', this.#lose).off('close', this.#lose);
    this.socket.off('timeout', this.#expire).setTimeout(0);
    return this.socket;
  }

  /** Calls back when the conversation is over. */
  onGone(listener: () => void): void {
    this.socket.once('close', listener);
  }

  async #more(): Promise<void> {
    if (this.#gone) throw new ConnectionGone('the other end is gone');
    this.socket.resume();
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  readonly #hear = (chunk: Buffer): void => {
    this.#total += chunk.length;
    if (this.#total > TOTAL_BYTES) return this.#expire();
    if (!this.#gone) this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (this.#held.length > HOLD_BYTES) this.socket.pause();
    this.#wake();
  };

  readonly #expire = (): void => {
    this.#lose();
    this.socket.destroy();
  };

  readonly #lose = (): void => {
    this.#gone = true;
    clearTimeout(this.#life);
    this.#wake();
  };
}
