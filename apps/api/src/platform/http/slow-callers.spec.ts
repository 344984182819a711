import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundAnswers } from './slow-callers.ts';

const MIB = 1024 * 1024;
/** More than a system takes for a reader that reads nothing. */
const LONG = 'x'.repeat(24 * MIB);

const http = fastify({ forceCloseConnections: true });
boundAnswers(http, { ofAddress: 40 * MIB, inAll: 100 * MIB });
http.get('/long', () => LONG);
http.get('/short', () => 'short');
const asked = Promise.withResolvers<void>();
const sent = Promise.withResolvers<void>();
http.get('/late', async (_request, reply) => {
  const gone = once(reply.raw, 'close');
  asked.resolve();
  await gone;
  return LONG;
});
http.addHook('onSend', ({ url }, _reply, _payload, next) => {
  if (url === '/late') sent.resolve();
  next();
});
beforeAll(() => http.listen({ host: '127.0.0.1', port: 0 }));
afterAll(() => http.close());

function ask(path: string): Socket {
  const { port } = http.server.address() as AddressInfo;
  const socket = net.connect(port, '127.0.0.1', () =>
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
  );
  return socket.on('error', () => undefined); // being cut is what this is for
}
/** How much of an answer came, once somebody has begun to read it. */
const lengthOf = (socket: Socket): Promise<number> =>
  new Promise((resolve) => {
    let length = 0;
    socket.on('data', (data: Buffer) => (length += data.length));
    socket.once('close', () => resolve(length));
  });
/** Resolves when the answer to it has begun. */
const begun = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('readable', () => resolve());
  });

it('cuts the oldest answer that nobody reads, and gives whoever reads the whole', async () => {
  const oldest = ask('/long');
  await begun(oldest);
  const whole = ask('/long');
  await begun(whole);
  expect(await lengthOf(whole)).toBeGreaterThan(LONG.length);
  expect(await lengthOf(oldest)).toBeLessThan(LONG.length);
});

it('holds nothing for a caller who was gone before there was an answer', async () => {
  const reading = ask('/long');
  await begun(reading);
  const leaving = ask('/late');
  await asked.promise;
  leaving.destroy();
  await sent.promise;
  expect(await lengthOf(reading)).toBeGreaterThan(LONG.length);
});

it('holds answers no more once they are read', async () => {
  for (let i = 0; i < 5; i += 1) expect(await lengthOf(ask('/long'))).toBeGreaterThan(LONG.length);
  expect(await lengthOf(ask('/short'))).toBeGreaterThan(5);
});
