import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { Listener, Script } from '../testing/index.ts';
import { close, drip, flood, listen, resetOnData, say, stall } from '../testing/index.ts';
import { LineReader } from './line-reader.ts';

let listener: Listener;
let socket: Socket;
afterEach(async () => {
  socket.destroy();
  await listener.stop();
});

async function readerOf(script: Script, signal = new AbortController().signal): Promise<LineReader> {
  listener = await listen({}, script);
  socket = connect(listener.port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return new LineReader(socket, signal);
}

test('lines end with CRLF or LF, however they are cut into packets', async () => {
  const reader = await readerOf(drip('one\r\ntwo\nthree\r\n', 1));
  expect([await reader.line(), await reader.line(), await reader.line()]).toEqual(['one', 'two', 'three']);
});

test('what cannot be shown is replaced: control characters, broken UTF-8, marks that turn text around', async () => {
  const reader = await readerOf((peer) =>
    peer.write(Buffer.from([0x61, 0, 0x1b, 0xff, 0x62, 0xe2, 0x80, 0xae, 10])),
  );
  expect(await reader.line()).toBe('a\ufffd\ufffd\ufffdb\ufffd');
});

test('lines that came before the end are still read, and then the end is told', async () => {
  const reader = await readerOf((peer) => peer.end('last words\r\nhalf'));
  expect(await reader.line()).toBe('last words');
  await expect(reader.line()).rejects.toMatchObject({ code: 'closed' });
});

test('a close before any line is told as such', async () => {
  const reader = await readerOf(close);
  await expect(reader.line()).rejects.toMatchObject({ code: 'closed' });
});

test('a reset is told as a reset', async () => {
  const reader = await readerOf(resetOnData);
  reader.send('hello');
  await expect(reader.line()).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a line without an end is given up at 8 KiB', async () => {
  const reader = await readerOf(flood('x'.repeat(1000)));
  await expect(reader.line()).rejects.toThrow('where a line of at most 8192 bytes was expected');
});

test('a server that never stops talking is given up at 64 KiB', async () => {
  const reader = await readerOf(flood(`${'x'.repeat(998)}\r\n`));
  const readAll = async () => {
    for (;;) await reader.line();
  };
  await expect(readAll()).rejects.toThrow('where at most 65536 bytes was expected');
});

test('an abort ends the wait with its reason', async () => {
  const controller = new AbortController();
  const reader = await readerOf(stall, controller.signal);
  const line = reader.line();
  controller.abort(new Error('enough'));
  await expect(line).rejects.toThrow('enough');
});

test('letting go of the socket answers what was already sent beyond the last line', async () => {
  const reader = await readerOf(say('220 go\r\ninjected\r\n'));
  expect(await reader.line()).toBe('220 go');
  expect(reader.detach()).toBe('injected\ufffd\ufffd');
  expect(socket.listenerCount('data')).toBe(0);
});
