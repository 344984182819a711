import { expect, test } from 'vitest';
import { tlsHandshake } from '../checks/tls-handshake.check.ts';
import { listen } from '../testing/listen.ts';
import { probeOnce } from '../testing/probe-once.ts';

test('the first packet of TLS is a whole hello, as that of ECE’s JVM: no more than fits the smallest link of IPv6', async () => {
  const heard: Buffer[] = [];
  const server = await listen({}, (socket) => {
    socket.once('data', (chunk: Buffer) => {
      heard.push(chunk);
      socket.end();
    });
  });
  await probeOnce(tlsHandshake, { host: '127.0.0.1', port: server.port });
  await server.stop();
  const SMALLEST_SEGMENT = 1280 - 40 - 20;
  const [hello = Buffer.alloc(5)] = heard;
  const length = hello.readUInt16BE(3) + 5;
  expect(hello[0]).toBe(0x16);
  expect(hello).toHaveLength(length);
  expect(length).toBeLessThanOrEqual(SMALLEST_SEGMENT);
});
