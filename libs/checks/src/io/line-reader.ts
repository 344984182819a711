import type { Duplex } from 'node:stream';
import { PathError, UnexpectedReply } from '../path-error.ts';
import { evidenceText } from '../evidence-text.ts';
import { looksLikeTls } from './spoken.ts';

/** The most a server may say on one connection, in bytes, and in one line. No mail server's greeting comes near. */
const MOST_BYTES = 64 * 1024;
const LONGEST_LINE = 8 * 1024;
const LF = 0x0a;

interface Waiting {
  resolve: (line: string) => void;
  reject: (error: Error) => void;
}

/** Reads a mail server's answers line by line (CRLF or LF) and sends commands. One reader per layer of a connection. */
export class LineReader {
  readonly #socket: Duplex;
  readonly #signal: AbortSignal;
  readonly #mostBytes: number;
  #buffer = Buffer.alloc(0);
  #total = 0;
  #ended: Error | null = null;
  #waiting: Waiting | null = null;

  constructor(socket: Duplex, signal: AbortSignal, mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
    this.#socket = socket;
    this.#signal = signal;
    socket
      .on('data', this.#onData)
      .on('error', this.#onEnded)
      .on('end', this.#onEnd)
      .on('close', this.#onEnd);
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.#onAbort();
  }

  /** The next line without its end, safe to show. Rejects when the connection ends or the server says too much. */
  line(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#deliver();
    });
  }

  /** Sends one line. An error of the connection shows at the next `line()`. */
  send(command: string): void {
    this.#socket.write(`${command}\r\n`);
  }

  /** Sends a last line and waits until it is on its way, not for the answer: a slow goodbye proves nothing. */
  async bye(command: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#signal.addEventListener('abort', () => resolve(), { once: true });
      // Whether the goodbye arrived does not matter to what was proven before it.
      this.#socket.write(`${command}\r\n`, () => resolve());
    });
  }

  /**
   * Lets go of the socket, for TLS to take it; answers what was already sent in plain text beyond the last line read.
   */
  detach(): string {
    this.#socket.pause();
    this.#socket
      .off('data', this.#onData)
      .off('error', this.#onEnded)
      .off('end', this.#onEnd)
      .off('close', this.#onEnd);
    this.#signal.removeEventListener('abort', this.#onAbort);
    return evidenceText(this.#buffer.toString('utf8'));
  }

  readonly #onData = (chunk: Buffer) => {
    const first = this.#total < 3;
    this.#total += chunk.length;
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    if (first && looksLikeTls(this.#buffer)) {
      this.#socket.pause();
      this.#onEnded(
        new UnexpectedReply(hexOf(this.#buffer), 'a line of text', '; this port talks TLS at once'),
      );
    } else if (this.#total > this.#mostBytes)
      this.#onEnded(this.#tooMuch(`at most ${this.#mostBytes} bytes`));
    else if (this.#buffer.length > LONGEST_LINE && this.#lineEnd() === -1) {
      this.#onEnded(this.#tooMuch(`a line of at most ${LONGEST_LINE} bytes`));
    }
    this.#deliver();
  };

  readonly #onEnd = () => {
    this.#onEnded(new PathError('closed', 'closed the connection before its answer was complete'));
  };

  readonly #onAbort = () => {
    this.#onEnded(this.#signal.reason as Error);
  };

  readonly #onEnded = (error: Error) => {
    this.#ended ??= error;
    this.#deliver();
  };

  #tooMuch(expected: string): Error {
    this.#socket.pause();
    return new UnexpectedReply(this.#buffer.subarray(0, 256).toString('utf8'), expected);
  }

  #lineEnd(): number {
    return this.#buffer.indexOf(LF);
  }

  /** Gives the one who waits a line that has come, or the reason why none will. */
  #deliver(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    const end = this.#lineEnd();
    if (end !== -1 && end <= LONGEST_LINE && !this.#signal.aborted) {
      const line = this.#buffer.subarray(0, end).toString('utf8');
      this.#buffer = this.#buffer.subarray(end + 1);
      this.#waiting = null;
      waiting.resolve(evidenceText(line.replace(/\r$/, ''), LONGEST_LINE));
    } else if (this.#ended) {
      this.#waiting = null;
      waiting.reject(this.#ended);
    }
  }
}

/** The first bytes of what is no text. */
function hexOf(bytes: Buffer): string {
  return bytes
    .subarray(0, 16)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
}
