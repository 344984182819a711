const LF = 0x0a;
/** Nothing that we ask for comes as a literal of more bytes. */
const LONGEST_LITERAL = 64 * 1024;

/** What is longer than it may be: its beginning, and what would have been right. */
export interface TooLong {
  said: string;
  expected: string;
}

/**
 * Cuts a stream of bytes into lines (CRLF or LF). An IMAP literal (RFC 9051, section 4.3) is passed over and only
 * counted.
 */
export class LineCutter {
  readonly #longest: number;
  readonly #onLine: (line: string, bytes: number) => void;
  readonly #literals: boolean;
  #held: Buffer = Buffer.alloc(0);
  #passOver = 0;

  constructor(
    longest: number,
    onLine: (line: string, bytes: number) => void,
    { literals = false }: { literals?: boolean } = {},
  ) {
    this.#longest = longest;
    this.#onLine = onLine;
    this.#literals = literals;
  }

  /** Answers what is too long; null as long as nothing is. */
  feed(chunk: Buffer): TooLong | null {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    for (;;) {
      const passed = Math.min(this.#passOver, this.#held.length);
      this.#passOver -= passed;
      this.#held = this.#held.subarray(passed);
      const end = this.#held.indexOf(LF);
      if ((end === -1 ? this.#held.length : end) > this.#longest)
        return {
          said: this.#held.toString('utf8', 0, 256),
          expected: `a line of at most ${this.#longest} bytes`,
        };
      if (end === -1) return null;
      const line = this.#held.toString('utf8', 0, end).replace(/\r$/, '');
      this.#held = this.#held.subarray(end + 1);
      const [, octets] = (this.#literals && /\{(\d{1,15})\}$/.exec(line)) || [];
      this.#passOver = Number(octets ?? 0);
      this.#onLine(line, end + 1);
      if (this.#passOver > LONGEST_LITERAL)
        return { said: line, expected: `a literal of at most ${LONGEST_LITERAL} bytes` };
    }
  }
}
