import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { EventConnection } from './event-connection.ts';

const http = fastify({ forceCloseConnections: true });
afterEach(() => http.close());

it('cuts off whoever does not read, and keeps no more than was allowed', async () => {
  const opened = Promise.withResolvers<EventConnection>();
  const closed = Promise.withResolvers<void>();
  http.get('/', (_request, reply) => {
    const connection = new EventConnection(reply, 64 * 1024);
    connection.begin(() => closed.resolve());
    opened.resolve(connection);
    connection.say('id: 1\n\n');
    return reply;
  });
  await http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false }, resolve).on('error', reject);
  });
  answer.on('error', () => undefined);
  const connection = await opened.promise;
  let isClosed = false;
  void closed.promise.then(() => (isClosed = true));
  // What the system takes for the reader has an end, wherever that is; it is told for as long as nobody is cut off.
  for (let i = 0; i < 10_000 && !isClosed; i += 1) {
    connection.say(`data: ${'x'.repeat(16 * 1024)}\n\n`);
    await new Promise(setImmediate);
  }
  expect(isClosed).toBe(true);
  await new Promise((resolve) => answer.once('close', resolve).resume());
  expect(answer.complete).toBe(false);
  // Says nothing, and throws nothing.
  connection.say('data: late\n\n');
});
