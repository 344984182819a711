import type { WebSocket } from 'ws';
import type { ApiMessage } from '@mailpath/protocol';
import type { Reporter } from '../results/result-rows.ts';
import { newNonce } from './join-proof.ts';

/** One connection of one agent, from the challenge to the end. */
export class AgentSession {
  readonly nonce = newNonce();
  /** Set once the agent has proved who it is. */
  agent: Reporter | null = null;
  /** The protocol that it joined with; null before. */
  protocol: number | null = null;
  joinTimer: NodeJS.Timeout | undefined;
  /** Whether anything came since the last ping. */
  alive = true;
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly socket: WebSocket) {}

  send(message: ApiMessage): void {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
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

  /** Number of jobs that have not ended. */
  get backlog(): number {
    return this.waiting;
  }

  /** Runs jobs of this connection one after the other, in the order in which their frames came. */
  inOrder(job: () => Promise<void>): Promise<void> {
    this.waiting += 1;
    const done = this.last.then(job).finally(() => {
      this.waiting -= 1;
    });
    // The caller hears of a failure; the next job must not fail because of it.
    this.last = done.catch(() => undefined);
    return done;
  }
}
