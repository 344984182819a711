import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { SilenceWatch } from './silence-watch.ts';

/** Long enough for a busy machine to have passed an answer on. */
const SILENT_MS = 2_000;

it('ends every connection that is silent when one has been for too long, and none that answers', async () => {
  const server = createServer((far) => {
    far.on('error', () => undefined);
    far.on('data', (data) => {
      if (data.toString().startsWith('answer')) far.write('yes');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const watch = new SilenceWatch(SILENT_MS);
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
});
