import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Listener, TestCa, TlsPair } from '../testing/index.ts';
import { closedPort, makeTestCa, selfSigned, startHttpsServer } from '../testing/index.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { httpsExchange } from './https-exchange.check.ts';
import { httpsReach } from './https-reach.check.ts';

let ca: TestCa;
let tls: TlsPair;
beforeAll(async () => {
  ca = await makeTestCa();
  tls = await ca.issue({ names: ['127.0.0.1'] });
});

const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.stop();
});

async function answering(status: number, check = httpsExchange, pair = tls) {
  const listener = await startHttpsServer(
    { tls: pair },
    { answer: (_, response) => response.writeHead(status).end('never read') },
  );
  listeners.push(listener);
  return probeOnce(check, { host: '127.0.0.1', port: listener.port }, { trust: [ca.certificate] });
}

test('Outlook’s redirect passes, and where it leads is evidence without its query', async () => {
  const listener = await startHttpsServer({ tls });
  listeners.push(listener);
  const place = { host: '127.0.0.1', port: listener.port };
  const result = await probeOnce(httpsExchange, place, { trust: [ca.certificate] });
  expect(result).toMatchObject({ outcome: 'pass', failure: null });
  expect(phasesOf(result)).toEqual(['connect', 'tls', 'http']);
  expect(result.evidence.http).toMatchObject({ status: 302, location: 'https://outlook.office365.com/owa/' });
});

test.each([200, 401, 403, 404])('status %i proves the path', async (status) => {
  expect(await answering(status)).toMatchObject({ outcome: 'pass', evidence: { http: { status } } });
});

test.each([500, 503])('status %i is an unexpected reply', async (status) => {
  const result = await answering(status);
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain(`answered HTTP ${status}`);
});

test('a certificate that nobody signed is untrusted', async () => {
  const result = await answering(200, httpsExchange, await selfSigned(['127.0.0.1']));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
});

test('a port on which nobody listens is refused in connect', async () => {
  const result = await probeOnce(httpsExchange, { host: '127.0.0.1', port: await closedPort() });
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'refused' });
});

test('the generic check holds the hosts that a site adds to the same', async () => {
  expect(await answering(404, httpsReach)).toMatchObject({ outcome: 'pass', target: { name: 'added' } });
  expect((await answering(502, httpsReach)).failure?.code).toBe('unexpected-reply');
});
