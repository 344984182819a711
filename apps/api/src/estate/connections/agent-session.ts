import { randomBytes, randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { type ApiMessage, CLOSE, CompactReader, MAX_FRAME_BYTES, MAX_JOIN_BYTES } from '@mailpath/protocol';
import { correlated } from '../../platform/log/correlation.ts';
import type { Reporter } from './reporter.ts';
import { newNonce } from './join-proof.ts';
import type { Machine } from './machine.ts';
import type { Unproved } from './unproved-sockets.ts';

/** An agent has one batch in flight; what sends many more is no agent of ours. */
const BACKLOG_MAX = 8;
/** What may wait to be sent: a few of the largest messages. An agent that reads more slowly than that is cut off. */
const MAX_UNSENT_BYTES = 4 * MAX_FRAME_BYTES;

/** Pings of the other end in a minute. Each is answered; an agent sends none. */
const PINGS_A_MINUTE = 120;
const MINUTE_MS = 60_000;

const TOO_MUCH_BEFORE_WELCOME = 'no more than 4 KiB before welcome';

const sessions = new WeakMap<WebSocket, AgentSession>();

/** The session that is held on a socket. */
export const sessionOn = (socket: WebSocket): AgentSession | undefined => sessions.get(socket);

/** One connection of one agent, from the challenge to the end. */
export class AgentSession implements Unproved {
  readonly nonce = newNonce();
  /** Set once the agent has proved who it is. */
  agent: Reporter | null = null;
  /** What joined, as it says of itself; null before. */
  machine: Machine | null = null;
  /** Has the layouts of this connection. */
  readonly compact = new CompactReader();
  joinTimer: NodeJS.Timeout | undefined;
  /** Ends the count of what comes before the join. */
  joinIsOver: () => void = () => undefined;
  /** Whether anything came since the last ping. */
  alive = true;
  private last: Promise<void> = Promise.resolve();
  /** Frames that were admitted, and are not dealt with. */
  private unfinished = 0;
  private pings = { count: 0, since: 0 };

  /** Set with the first frame, which has to be the join. */
  isJoining = false;

  /** `address` is what limits go by, `caller` the address itself, `connectionId` what the logs call it. */
  constructor(
    private readonly socket: WebSocket,
    readonly address: string,
    readonly caller: string,
    readonly connectionId: string = randomUUID(),
  ) {
    sessions.set(socket, this);
  }

  send(message: ApiMessage): void {
    if (!this.isOpen) return;
    // It takes what it is sent no more, or never did: what it has not read is sent again when it is back.
    if (this.socket.bufferedAmount > MAX_UNSENT_BYTES) return this.socket.terminate();
    this.socket.send(JSON.stringify(message));
  }

  /**
   * Whether a frame of so many bytes is to be read at all: asked before it is decoded. Ends the connection for one out
   * of turn. One that is admitted counts until it is `finished`: many may come in one read, before any is begun.
   */
  admits(bytes: number): boolean {
    if (!this.isOpen) return false;
    if (this.agent) {
      if (this.unfinished < BACKLOG_MAX) return this.admit();
      this.close(CLOSE.badFrame, 'too much at a time');
    } else if (bytes > MAX_JOIN_BYTES) this.close(CLOSE.frameTooBig, TOO_MUCH_BEFORE_WELCOME);
    else if (this.isJoining) this.close(CLOSE.badFrame, 'one join a connection: wait for welcome');
    else {
      this.isJoining = true;
      return this.admit();
    }
    return false;
  }

  private admit(): true {
    this.unfinished += 1;
    return true;
  }

  /** A frame that was admitted has been dealt with. */
  finished(): void {
    this.unfinished -= 1;
  }

  /** More came than a join can be, in whatever frames. Nothing more is read. */
  saidTooMuch(): void {
    this.close(CLOSE.frameTooBig, TOO_MUCH_BEFORE_WELCOME);
    this.socket.pause();
  }

  /** A ping was answered. Answers that are not read pile up here, so nothing more is read of who sends many. */
  pinged(now: number): void {
    if (now - this.pings.since > MINUTE_MS) this.pings = { count: 0, since: now };
    this.pings.count += 1;
    if (this.pings.count <= PINGS_A_MINUTE || !this.isOpen) return;
    this.close(CLOSE.badFrame, 'too many pings');
    this.socket.pause();
  }

  turnAway(): void {
    this.socket.close(CLOSE.tryAgainLater, 'too many connections that have not joined: try again');
    this.socket.terminate();
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Ends the connection with a code of CLOSE; an agent that does not answer the close is cut off. */
  close(code: number, reason: string): void {
    clearTimeout(this.joinTimer);
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), 2_000).unref();
  }

  /** Asks for a sign of life; cuts the connection when the last request went unanswered. */
  beat(): void {
    if (!this.alive) return this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  /** Whether its other end itself is there: it repeats a word that nobody else has heard, within so long. */
  async answers(withinMs: number): Promise<boolean> {
    if (!this.isOpen) return false;
    const word = randomBytes(16);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const heard = (repeated: Buffer): void => {
      if (word.equals(repeated)) resolve(true);
    };
    const gone = (): void => resolve(false);
    const timer = setTimeout(gone, withinMs);
    this.socket.on('pong', heard).on('close', gone);
    this.socket.ping(word);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.socket.off('pong', heard).off('close', gone);
    }
  }

  /** Runs jobs of this connection one after the other, in the order in which their frames came. */
  inOrder(job: () => Promise<void>): Promise<void> {
    const { connectionId } = this;
    const done = this.last.then(() => correlated({ connectionId }, job));
    // The caller hears of a failure; the next job must not fail because of it.
    this.last = done.catch(() => undefined);
    return done;
  }
}
