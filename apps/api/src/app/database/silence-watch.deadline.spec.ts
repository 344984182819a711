import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { SilenceWatch } from './silence-watch.ts';

/** Long enough for a busy machine to have passed an answer on. */
const SILENT_MS = 2_000;

/** A timer may fire while the clock it was not set by still lacks something. */
it.each([
  ['that agrees with the timers', 1],
  ['that runs behind the timers', 0.97],
  ['that runs ahead of the timers', 1.03],
])(
  'ends every connection silent when one has been for too long, none that answers, by a clock %s',
  async (_, rate) => {
    const server = createServer((far) => {
      far.on('error', () => undefined);
      far.on('data', (data) => {
        if (data.toString().startsWith('answer')) far.write('yes');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const watch = new SilenceWatch(SILENT_MS, () => performance.now() * rate);
    const connected = async (): Promise<Socket> => {
      const socket = watch.socket();
      socket.on('error', () => undefined);
      socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    };
    const [asked, askedAgain, idle, answered] = await Promise.all([
      connected(),
      connected(),
      connected(),
      connected(),
    ]);
    const ended = [asked, askedAgain, idle].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    asked.write('a question');
    // Each new question would put off the end of this one by itself.
    const more = setInterval(() => {
      askedAgain.write('a question');
      answered.write('answer');
    }, 20);
    await Promise.all(ended);
    clearInterval(more);
    expect(answered.destroyed).toBe(false);
    answered.destroy();
    server.close();
  },
);
