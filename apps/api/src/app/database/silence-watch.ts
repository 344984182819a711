import { Socket } from 'node:net';

/**
 * A timer goes by another clock than `now`, may fire a little before it, and does not fire again; who was silent for
 * nearly as long as the one whose timer fired is as silent as that one.
 */
const SILENT_SHARE = 0.9;

/**
 * The connections of one pool. A query's own time limit would give up the query and keep the dead connection in the
 * pool; here the connection ends. What one of them finds out holds for all: whatever was silent together with it ends
 * with it, asked or not, so that nobody has to wait for each of the dead ones in turn.
 */
export class SilenceWatch {
  readonly #heardAt = new Map<Socket, number>();

  /**
   * A database that has been asked and says nothing for so long is gone, whatever TCP still believes.
   * `now` counts milliseconds that never run back.
   */
  constructor(
    private readonly silentMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A socket for node-postgres, which connects it. */
  readonly socket = (): Socket => {
    const socket = new Socket();
    const heard = (): void => void this.#heardAt.set(socket, this.now());
    heard();
    socket.on('connect', heard).on('data', heard);
    socket.on('close', () => this.#heardAt.delete(socket));
    return socket.setTimeout(this.silentMs, () => this.#leave(this.now() - this.silentMs * SILENT_SHARE));
  };

  #leave(silentSince: number): void {
    for (const [socket, heardAt] of this.#heardAt)
      if (heardAt <= silentSince) socket.destroy(new Error('Connection terminated: the database is silent'));
  }
}
