import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Facts } from '../check.ts';
import { codeOf } from '../failure.ts';
import { PathError, UnexpectedReply } from '../path-error.ts';
import { maskFor } from '../without-secrets.ts';
import type { TranscriptParser } from './transcript-parser.ts';
import { Transcript } from './transcript.ts';
import { transcriptParserFor } from './transcript-parser.ts';
import { LineCutter } from './line-cutter.ts';
import type { MailProtocol } from './mail-answers.ts';
import { Refused } from './mail-answers.ts';

/** The most the other end may say, in bytes, and in one line; a literal of a reply that we ask for is smaller still. */
const MOST_BYTES = 1024 * 1024;
const LONGEST_LINE = 8 * 1024;
/** The most lines that the other end may say. */
const MOST_LINES = 3_000;

/**
 * Stands between a secured connection and whoever talks over it, a library or a reader of ours, and writes down what
 * both sides say, without credentials and without anything of a message. It knows what went wrong even where a library
 * loses the words: the first refusal, a server that says too much, or the end of the connection.
 */
export class Dialogue extends Duplex {
  readonly #socket: Socket;
  readonly #parser: TranscriptParser;
  readonly #safe: (text: string) => string;
  readonly #transcript = new Transcript();
  #lastSaid = '';
  #read = 0;
  #heard = 0;
  readonly #replies = new Map<string, readonly string[]>();
  readonly #waiting = new Map<string, (lines: readonly string[]) => void>();
  #onWritten: () => void = () => undefined;
  #trouble: Error | null = null;
  #closed: Error | null = null;
  #failed = Promise.withResolvers<never>();
  readonly #ours: LineCutter;
  readonly #theirs: LineCutter;

  constructor(socket: Socket, protocol: MailProtocol, secrets: ReadonlySet<string>) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#safe = maskFor(secrets);
    this.#parser = transcriptParserFor(protocol, {
      safe: this.#safe,
      answered: (command, lines) => this.#answered(command, lines),
    });
    this.#ours = new LineCutter(Infinity, (line, bytes) =>
      this.#transcript.note('C', this.#parser.ours(line), bytes),
    );
    this.#theirs = new LineCutter(LONGEST_LINE, (line, bytes) => this.#hear(line, bytes), {
      literals: protocol === 'imap',
    });
    // Whoever waits hears of the end through `during`; an error that nobody waits for must not end the process.
    this.on('error', () => undefined);
    this.#failed.promise.catch(() => undefined);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.once('end', () => {
      this.#end();
      this.push(null);
    });
    socket.once('error', (error) => {
      this.#fail(error);
      this.destroy();
    });
    socket.once('close', () => {
      this.#end();
      // After an end in good order what came before it may still wait to be read.
      if (!socket.readableEnded) this.destroy();
    });
  }

  /** Takes these words as the other end's, which said them before this dialogue began. */
  replay(text: string): void {
    this.#take(Buffer.from(text));
  }

  /** What comes of the work, or, sooner, what went wrong with the dialogue meanwhile. */
  async during<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([this.#failed.promise, work]);
    } catch (error) {
      // A library that fails says less of the reason than what was said to it.
      if (this.wrong || codeOf(error) !== null) throw this.wrong ?? error;
      throw new UnexpectedReply(this.#lastSaid, 'an answer that the protocol allows');
    }
  }

  /** What has gone wrong so far; null when nothing has. */
  get wrong(): Error | null {
    return this.#trouble ?? this.#closed;
  }

  /** A refusal has been dealt with: what comes after it counts by itself. */
  forgive(): void {
    this.#trouble = null;
    this.#failed = Promise.withResolvers<never>();
    this.#failed.promise.catch(() => undefined);
  }

  /**
   * The lines of the last answer to a command (`AUTHENTICATE`, `MAIL FROM`; `` for the greeting); null where none came.
   */
  reply(command: string): string | null {
    return this.#replies.get(command)?.join(' ') ?? null;
  }

  /** What decided about a command: its answer, or the refusal that came instead of one; null where nothing was said. */
  verdictOn(command: string): string | null {
    return this.reply(command) ?? (this.#trouble instanceof Refused ? this.#trouble.line : null);
  }

  /** The same as `reply`, line by line. */
  replyLines(command: string): readonly string[] {
    return this.#replies.get(command) ?? [];
  }

  /** Resolves with the next answer to a command. */
  answerTo(command: string): Promise<string> {
    return new Promise((resolve) => this.#waiting.set(command, (lines) => resolve(lines.join(' '))));
  }

  /** Resolves when what is said next is on its way, or when nothing can be said any more. */
  nextWrite(): Promise<void> {
    return new Promise((resolve) => {
      this.#onWritten = resolve;
      if (this.#socket.destroyed) resolve();
    });
  }

  /** What an error continuation said, decoded. */
  get challenge(): string | null {
    return this.#parser.challenge();
  }

  /** What was said, fit for evidence. */
  facts(): Facts<'dialogue'> {
    return this.#transcript.facts();
  }

  /** The libraries' watch over a quiet connection. The run's deadline is the only one. */
  setTimeout(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress;
  }

  #take(chunk: Buffer): void {
    if (this.destroyed) return;
    this.#read += chunk.length;
    if (this.#read > MOST_BYTES) this.#giveUp(`at most ${MOST_BYTES} bytes`, chunk.toString('utf8', 0, 256));
    else {
      const tooLong = this.#theirs.feed(chunk);
      if (tooLong) this.#giveUp(tooLong.expected, tooLong.said);
      else if (!this.push(chunk)) this.#socket.pause();
    }
  }

  #giveUp(expected: string, said: string): void {
    this.#fail(new UnexpectedReply(this.#safe(said), expected));
    this.destroy();
  }

  #hear(line: string, bytes: number): void {
    if (this.destroyed) return;
    const { shown, trouble } = this.#parser.theirs(line);
    this.#lastSaid = shown ?? '';
    this.#transcript.note('S', shown, bytes);
    if (trouble) this.#fail(trouble);
    this.#heard += 1;
    if (this.#heard === MOST_LINES) this.#giveUp(`at most ${MOST_LINES} lines`, line);
  }

  /**
   * The end does not overtake the words that came before it, which may still be on their way to whoever waits for them.
   */
  #end(): void {
    const closed = new PathError('closed', 'closed the connection before its answer was complete');
    this.#closed ??= closed;
    setImmediate(() => this.#fail(closed));
  }

  #fail(trouble: Error): void {
    if (this.#trouble) return;
    this.#trouble = trouble;
    this.#failed.reject(trouble);
  }

  #answered(command: string, lines: readonly string[]): void {
    this.#replies.set(command, lines);
    this.#waiting.get(command)?.(lines);
    this.#waiting.delete(command);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#ours.feed(chunk);
    this.#socket.write(chunk, encoding, (error) => {
      this.#onWritten();
      done(error);
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    this.#onWritten();
    done(error);
  }
}
