import { afterAll, expect, test } from 'vitest';
import { closedPort, selfSigned, startHttpsServer } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { httpsExchange } from './https-exchange.check.ts';
import { httpsReach } from './https-reach.check.ts';

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

async function answering(status: number, check = httpsExchange, pair = tls) {
  const listener = await startHttpsServer(
    { tls: pair },
    { answer: (_, response) => response.writeHead(status).end('never read') },
  );
  return bench.probe(check, listener);
}

test('Outlook’s redirect passes, and where it leads is evidence without its query', async () => {
  const result = await bench.probe(httpsExchange, await startHttpsServer({ tls }));
  expect(result).toMatchObject({ outcome: 'pass', failure: null });
  expect(phasesOf(result)).toEqual(['connect', 'tls', 'http']);
  expect(result.evidence.http).toMatchObject({
    request: 'GET /',
    status: 302,
    location: 'https://outlook.office365.com/owa/',
  });
  expect(result.evidence.http).not.toHaveProperty('parameters');
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
