import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EventConnection, UnreadInAll } from './event-connection.ts';

const http = fastify({ forceCloseConnections: true });
let opened = Promise.withResolvers<EventConnection>();
let closed = Promise.withResolvers<void>();
let limits: [unreadBytes?: number, inAll?: UnreadInAll] = [];
http.get('/', (_request, reply) => {
  const connection = new EventConnection(reply, ...limits);
  connection.begin(() => closed.resolve());
  opened.resolve(connection);
  connection.say('id: 1\n\n');
  return reply;
});
beforeAll(() => http.listen({ host: '127.0.0.1', port: 0 }));
afterAll(() => http.close());

/** A reader that reads nothing of its answer, and the API's end of it. */
async function stalled(...given: typeof limits) {
  limits = given;
  opened = Promise.withResolvers();
  closed = Promise.withResolvers();
  const { port } = http.server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false }, resolve).on('error', reject);
  });
  answer.on('error', () => undefined);
  const connection = await opened.promise;
  let isClosed = false;
  void closed.promise.then(() => (isClosed = true));
  return { answer, connection, isClosed: () => isClosed };
}
type Stalled = Awaited<ReturnType<typeof stalled>>;

/** Tells for as long as nobody is cut off: what the system takes for the reader has an end, wherever that is. */
async function tellOn({ isClosed }: Stalled, tell: () => void): Promise<void> {
  for (let i = 0; i < 10_000 && !isClosed(); i += 1) {
    tell();
    await new Promise(setImmediate);
  }
}
const event = `data: ${'x'.repeat(16 * 1024)}\n\n`;

it('cuts off whoever does not read, and keeps no more than was allowed', async () => {
  const reader = await stalled(64 * 1024);
  await tellOn(reader, () => reader.connection.say(event));
  expect(reader.isClosed()).toBe(true);
  await new Promise((resolve) => reader.answer.once('close', resolve).resume());
  expect(reader.answer.complete).toBe(false);
  // Says nothing, and throws nothing.
  reader.connection.say('data: late\n\n');
});

it('cuts off whoever is behind where all together are too far behind, and counts it no more', async () => {
  const inAll = new UnreadInAll(128 * 1024);
  const reader = await stalled(Number.POSITIVE_INFINITY, inAll);
  await tellOn(reader, () => reader.connection.say(event));
  expect(reader.isClosed()).toBe(true);
  expect(inAll.bytes).toBe(0);
  reader.answer.destroy();
});

it('cuts off whoever has read nothing from one beat to the next', async () => {
  const reader = await stalled(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 1_000; i += 1) reader.connection.say(event);
  for (let i = 0; i < 3 && !reader.isClosed(); i += 1) {
    reader.connection.beat('event: beat\n\n');
    await new Promise(setImmediate);
  }
  await closed.promise;
  expect(reader.isClosed()).toBe(true);
  reader.answer.destroy();
});

it('goes on with whoever reads, however many beats there are', async () => {
  const reader = await stalled();
  reader.answer.resume();
  for (let i = 0; i < 50; i += 1) {
    const heard = new Promise((resolve) => reader.answer.once('data', resolve));
    reader.connection.beat('event: beat\n\n');
    await heard;
  }
  expect(reader.isClosed()).toBe(false);
  reader.connection.end();
  await closed.promise;
});
