import type { TlsOptions } from 'node:tls';
import { createServer } from 'node:tls';
import { createServer as createWebServer } from 'node:https';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { httpsReach } from '../checks/https-reach.check.ts';
import { imapTls } from '../checks/imap-tls.check.ts';
import { pop3Tls } from '../checks/pop3-tls.check.ts';
import type { Bench } from '../testing/bench.ts';
import { makeBench } from '../testing/bench.ts';
import { listen } from '../testing/index.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await makeBench();
});
afterEach(() => bench.stop());

/** A web server that agrees on these protocols. */
function web(options: TlsOptions) {
  const server = createWebServer({ ...bench.tls, ...options }, (_, response) => response.end());
  return listen({}, (socket) => server.emit('connection', socket));
}

test('a web check offers HTTP/1.1 by its name, and what was agreed on is evidence', async () => {
  const result = await bench.probe(httpsReach, await web({ ALPNProtocols: ['h2', 'http/1.1'] }));
  expect(result.outcome).toBe('pass');
  expect(result.evidence.tls?.alpn).toBe('http/1.1');
});

test('a server that agrees on nothing passes, without a name', async () => {
  const server = createServer(bench.tls, (socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
  });
  const result = await bench.probe(
    httpsReach,
    await listen({}, (socket) => server.emit('connection', socket)),
  );
  expect(result.outcome).toBe('pass');
  expect(result.evidence.tls?.alpn).toBeNull();
});

test('a server that only knows a protocol of its own ends the handshake with an alert, told in its words', async () => {
  const result = await bench.probe(httpsReach, await web({ ALPNProtocols: ['gopher/9'] }));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.failure?.message).toMatch(/failed the TLS handshake: .*alert no application protocol$/);
});

test.each([imapTls, pop3Tls])('$id offers no protocol by name', async (check) => {
  const offered: string[][] = [];
  const ALPNCallback = ({ protocols }: { protocols: string[] }) => void offered.push(protocols);
  const server = createServer({ ...bench.tls, ALPNCallback }, (socket) => socket.end('no\r\n'));
  const result = await bench.probe(check, await listen({}, (socket) => server.emit('connection', socket)));
  expect(result.evidence.tls).toMatchObject({ trusted: true, alpn: null });
  expect(offered).toEqual([]);
});
