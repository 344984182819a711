import type { ServerResponse } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import type { Check } from '../check.ts';
import type { Listener, Script } from '../testing/index.ts';
import {
  close,
  closedPort,
  drip,
  listen,
  OPENID_PATH,
  resetOnData,
  say,
  stall,
  startHttpsServer,
} from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import type { ProbeOnce } from '../testing/probe-once.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { httpsSignInAlias } from './https-sign-in-alias.check.ts';
import { httpsSignIn } from './https-sign-in.check.ts';

const bench = await makeBench(['127.0.0.1', 'login.test']);
const { tls } = bench;
afterAll(() => bench.stop());

const probe = (listener: Listener, { check = httpsSignIn, ...options }: ProbeOnce & { check?: Check } = {}) =>
  bench.probe(check, listener, options);
const answered = async (answer: (response: ServerResponse) => void) =>
  probe(await startHttpsServer({ tls }, { answer: (_, response) => answer(response) }));
const scripted = async (script: Script, options?: ProbeOnce) => probe(await listen({ tls }, script), options);
const json = { 'content-type': 'application/json' };

test.concurrent.each([httpsSignIn, httpsSignInAlias])(
  '$id: Microsoft’s OpenID configuration passes, and its issuer is evidence',
  async (check) => {
    const result = await probe(await startHttpsServer({ tls }), { check });
    expect(result.failure).toBeNull();
    expect(phasesOf(result)).toEqual(['connect', 'tls', 'http']);
    expect(result.evidence.http).toMatchObject({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
      location: null,
    });
    expect(Date.parse(result.evidence.http?.date ?? '')).not.toBeNaN();
  },
);

test.concurrent('it asks for the configuration by name, uncompressed, and says who it is', async () => {
  const asked: unknown[] = [];
  const listener = await startHttpsServer(
    { tls },
    {
      answer: ({ method, url, headers }, response) => {
        asked.push({ method, url, ...headers });
        response.writeHead(200, json).end('{"issuer":"https://login.test/"}');
      },
    },
  );
  const place = { host: 'login.test', port: listener.port };
  const given = { trust: [bench.ca.certificate], addresses: ['127.0.0.1'] };
  const result = await probeOnce(httpsSignIn, place, given);
  await listener.stop();
  expect(result.failure).toBeNull();
  expect(asked).toEqual([
    expect.objectContaining({
      method: 'GET',
      url: OPENID_PATH,
      host: `login.test:${listener.port}`,
      'accept-encoding': 'identity',
      'user-agent': 'Mailpath',
      connection: 'close',
    }),
  ]);
});

test.concurrent('a port on which nobody listens is refused in connect', async () => {
  const result = await probeOnce(httpsSignIn, { host: '127.0.0.1', port: await closedPort() });
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'refused' });
});

test.concurrent.each([200, 302, 403, 407])(
  'a web page with status %i instead of the configuration is named as one',
  async (status) => {
    const result = await answered((response) => {
      response.writeHead(status, {
        'content-type': 'text/html',
        location: 'http://proxy.test/login?user=me',
        server: 'squid/5.7',
        via: ['1.1 one', '1.1 two'],
      });
      response.end('<html>Access denied by Corp Proxy</html>');
    });
    expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
    expect(result.failure?.message).toContain(`answered HTTP ${status} with a web page (text/html)`);
    expect(result.evidence.http).toMatchObject({
      status,
      location: 'http://proxy.test/login',
      contentType: 'text/html',
      server: 'squid/5.7',
      via: '1.1 one, 1.1 two',
    });
  },
);

test.concurrent.each([
  ['another status', 503, '{"error":"busy"}', 'answered HTTP 503 where 200 was expected'],
  ['no JSON', 200, 'hello', 'answered "hello" where an OpenID configuration'],
  ['no issuer', 200, '{"error":"invalid_tenant"}', 'where an OpenID configuration with an https issuer'],
  [
    'an issuer that is no https URL',
    200,
    '{"issuer":"http://login.test"}',
    'with an https issuer was expected',
  ],
  ['a list', 200, '[]', 'with an https issuer was expected'],
])('%s is an unexpected reply', async (_, status, body, message) => {
  const result = await answered((response) => response.writeHead(status, json).end(body));
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain(message);
  expect(result.evidence.http?.status).toBe(status);
});

test.concurrent('a large answer is read whole from a server that closes at once', async () => {
  const body = JSON.stringify({ padding: 'x'.repeat(60_000), issuer: 'https://login.test/' });
  const result = await scripted((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${body}`));
  });
  expect(result.failure).toBeNull();
  expect(result.evidence.http?.issuer).toBe('https://login.test/');
});

test.concurrent('a body that never ends is cut off', async () => {
  const result = await answered((response) => {
    response.writeHead(200, json);
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(4_000)));
    };
    response.on('drain', more);
    more();
  });
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain('where a body of at most 65536 bytes was expected');
});

test.concurrent('headers that never end are cut off', async () => {
  const result = await answered((response) =>
    response.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end('{}'),
  );
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain('sent more than 16384 bytes of HTTP headers');
});

test.concurrent('a mail server behind TLS on the port is told with what it said', async () => {
  const result = await scripted(say('220 mail.test ESMTP\r\n'));
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain(
    'answered "220 mail.test ESMTP" where an HTTP answer was expected',
  );
});

test.concurrent.each<[string, Script, string]>([
  ['closes before its answer', close, 'closed'],
  ['cuts its body short', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{'), 'closed'],
  ['resets at the request', resetOnData, 'reset'],
])('a server that %s fails in http', async (_, script, code) => {
  expect((await scripted(script)).failure).toMatchObject({ phase: 'http', code });
});

test.concurrent.each<[string, Script]>([
  ['no answer', stall],
  ['an answer byte by byte', drip('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n', 100)],
  ['a body that stops half-way', say('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"issuer"')],
])('%s by the deadline is a time-out in http', async (_, script) => {
  const result = await scripted(script, { checkDeadlineMs: 1_200 });
  expect(result.failure).toMatchObject({ phase: 'http', code: 'timeout' });
  expect(result.failure?.message).toMatch(/did not complete its answer to the HTTP request within \d\.\d s$/);
});
