import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'node:net';
import type { Fault } from '../faults.ts';
import type { Answer } from './answer.ts';
import { fill } from './answer.ts';
import { answer, answerOf } from './answers.ts';
import { SMTP_HOST, smtpTrace } from './front-end.ts';
import { ConnectionGone, LineConnection, LineTooLong } from './line-connection.ts';
import type { MailProtocol, MailWorld } from './mail-world.ts';

/** Seconds of a throttled answer when the fault says none. */
const DEFAULT_SECONDS = 2;
const MAX_DELAY_SECONDS = 30;
const LINE_BYTES = 16 * 1024;

type Values = Readonly<Record<string, string>>;

/** One client's connection and what is switched on for it. */
export class Conversation {
  readonly protocol: MailProtocol;
  readonly address: string;
  readonly world: MailWorld;
  /** User and mailbox as far as they are known. */
  names: string[] = [];
  /** Whether this connection is among those that meet a fault, decided once for each. */
  readonly #met = new Map<Fault, boolean>();
  #connection: LineConnection;

  constructor(protocol: MailProtocol, socket: Socket, address: string, world: MailWorld) {
    this.protocol = protocol;
    this.address = address;
    this.world = world;
    this.#connection = new LineConnection(socket);
  }

  get now(): number {
    return this.world.now?.() ?? Date.now();
  }

  get connection(): LineConnection {
    return this.#connection;
  }

  /** Goes on over another socket, which lies above the first. */
  moveTo(socket: Socket): void {
    this.#connection = new LineConnection(socket);
  }

  readLine(limitBytes = LINE_BYTES): Promise<string> {
    return this.#connection.readLine(limitBytes);
  }

  say(...lines: readonly string[]): Promise<void> {
    return this.#connection.write(lines.map((line) => `${line}\r\n`).join(''));
  }

  /** Gives the answer that is switched on at this step; false when there is none, and the usual one is due. */
  async isFaulty(step: string, values: Values = {}, names = this.names): Promise<boolean> {
    const found = this.faultAt(step, names);
    if (!found) return false;
    const seconds = found.fault.retryAfterSeconds ?? DEFAULT_SECONDS;
    if (found.answer.delays) {
      await this.#wait(Math.min(seconds, MAX_DELAY_SECONDS));
      return false;
    }
    const { delaySeconds = 0 } = found.fault.mail ?? {};
    if (delaySeconds > 0) await this.#wait(delaySeconds);
    await this.#give(found.answer, { n: String(Math.round(seconds * 1000)), ...values });
    return true;
  }

  /** What is switched on at a step or command for this connection and any of the names. */
  faultAt(step: string, names = this.names): { fault: Fault; answer: Answer } | null {
    for (const fault of this.world.faults.at(this.address, ...names)) {
      const found = answerOf(fault, this.protocol, step);
      if (found && this.#meets(fault)) return { fault, answer: found };
    }
    return null;
  }

  #meets(fault: Fault): boolean {
    const known = this.#met.get(fault) ?? this.world.faults.isMet(fault);
    this.#met.set(fault, known);
    return known;
  }

  /** Gives the answer of that row. */
  give(id: string, values: Values = {}): Promise<void> {
    return this.#give(answer(id), values);
  }

  async #give({ says, connection, followedBy }: Answer, values: Values): Promise<void> {
    const known = { host: SMTP_HOST, trace: smtpTrace(new Date(this.now)), ...values };
    if (says.length > 0) await this.say(...says.map((line) => fill(line, known)));
    if (followedBy !== undefined) {
      await this.readLine();
      await this.give(followedBy, values);
    }
    if (connection === 'ends') this.#connection.end();
    if (connection === 'resets') this.#connection.cut();
    if (connection === 'stalls') await this.#connection.ignore();
  }

  async #wait(seconds: number): Promise<void> {
    const gone = new AbortController();
    this.#connection.onGone(() => gone.abort());
    try {
      await delay(seconds * 1000, undefined, { signal: gone.signal });
    } catch (error) {
      if (gone.signal.aborted) throw new ConnectionGone('the client did not wait', { cause: error });
      throw error;
    }
  }
}

/**
 * Holds a conversation until one of both ends it. Rejects only for a mistake of this program; the connection is cut
 * then too.
 */
export async function converse(conversation: Conversation, talk: () => Promise<void>): Promise<void> {
  try {
    await talk();
  } catch (error) {
    // That the client went is the ordinary end of a conversation; a flood of a line is the end of it too.
    if (error instanceof ConnectionGone) return;
    conversation.connection.cut();
    if (!(error instanceof LineTooLong)) throw error;
  }
}
