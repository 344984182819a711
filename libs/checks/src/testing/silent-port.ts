import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens and never accepts: its thread sleeps. */
const SLEEPER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ ...workerData, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** Long enough for a loopback connection, short enough for a test. */
const ANSWERED_WITHIN_MS = 150;

/**
 * A port that does not answer at all, as behind a firewall that drops: the queue of a server that never accepts is
 * filled, and Linux then drops what comes. A free port unless one is wanted.
 */
export async function silentPort(
  address = '127.0.0.1',
  wanted = 0,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const worker = new Worker(SLEEPER, { eval: true, workerData: { host: address, port: wanted } });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  const fillers: Socket[] = [];
  for (let answered = true; answered;) {
    const socket = connect(port, address).on('error', () => undefined);
    fillers.push(socket);
    answered = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), ANSWERED_WITHIN_MS);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
  return {
    port,
    async stop() {
      for (const socket of fillers) socket.destroy();
      await worker.terminate();
    },
  };
}
