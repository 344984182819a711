import { AsyncLocalStorage } from 'node:async_hooks';
import { Socket } from 'node:net';

/** What is peculiar to one server's machine and place, for everything that is done in its name. */
export interface Machine {
  /** How far its clock is ahead, in milliseconds. */
  aheadMs: number;
  /** How much later than on loopback a connection comes up, in milliseconds. */
  farMs: number;
}

const machine = new AsyncLocalStorage<Machine>();

/**
 * Does the work as on that machine: all servers are this one process, which has one clock and no distance to anywhere.
 */
export const onMachine = <T>(own: Machine, work: () => Promise<T>): Promise<T> => machine.run(own, work);

const now = Date.now;
Date.now = () => now() + (machine.getStore()?.aheadMs ?? 0);

const { connect } = Socket.prototype as { connect: (this: Socket, ...to: unknown[]) => Socket };
Object.assign(Socket.prototype, {
  connect(this: Socket, ...to: unknown[]): Socket {
    const { farMs } = machine.getStore() ?? { farMs: 0 };
    if (farMs === 0) return connect.apply(this, to);
    setTimeout(() => {
      if (!this.destroyed) connect.apply(this, to);
    }, farMs);
    return this;
  },
});
