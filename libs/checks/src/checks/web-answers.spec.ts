import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { Check } from '../check.ts';
import type { Script } from '../testing/index.ts';
import { flood, listen, startHttpsServer } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { httpsExchange } from './https-exchange.check.ts';
import { httpsSignIn } from './https-sign-in.check.ts';

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const answered = async (check: Check, answer: (response: ServerResponse) => void) =>
  bench.probe(check, await startHttpsServer({ tls }, { answer: (_, response) => answer(response) }));
const scripted = async (check: Check, script: Script) => bench.probe(check, await listen({ tls }, script));
const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html; charset=utf-8' };

test.concurrent.each([
  ['120', / and asks to wait 120 s\.$/],
  ['Tue, 24 Nov 2026 12:00:00 GMT', / and asks to wait until Tue, 24 Nov 2026 12:00:00 GMT\.$/],
  [undefined, /it answered HTTP 429\.$/],
])('429 with Retry-After %s from Exchange is a warning: the path stands', async (wait, reason) => {
  const result = await answered(httpsExchange, (response) =>
    response.writeHead(429, wait === undefined ? {} : { 'retry-after': wait }).end(),
  );
  expect(result).toMatchObject({ outcome: 'warn', failure: null });
  expect(result.reason).toMatch(/^The other end asked to slow down: it answered HTTP 429/);
  expect(result.reason).toMatch(reason);
  expect(result.evidence.http).toMatchObject({ status: 429, retryAfter: wait ?? null });
});

test.concurrent.each([
  [httpsSignIn, 503, json, 'answered HTTP 503 where 200 was expected and asks to wait 30 s'],
  [
    httpsSignIn,
    503,
    html,
    'answered HTTP 503 with a web page (text/html; charset=utf-8) and asks to wait 30 s: an HTML page',
  ],
  [httpsExchange, 503, json, 'answered HTTP 503 and asks to wait 30 s'],
])('$id: status %i with Retry-After says how long to wait', async (check, status, type, message) => {
  const result = await answered(check, (response) => {
    response.writeHead(status, { ...type, 'retry-after': '30' }).end('{}');
  });
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain(message);
  expect(result.evidence.http?.retryAfter).toBe('30');
});

test.concurrent.each([json, html])('a sign-in host that asks to slow down is not down (%o)', async (type) => {
  const result = await answered(httpsSignIn, (response) => {
    response.writeHead(429, { ...type, 'retry-after': '30' }).end('{}');
  });
  expect(result.outcome).toBe('throttled');
  expect(result.failure).toMatchObject({ phase: 'http', code: 'throttled' });
  expect(result.failure?.message).toContain('asked to slow down: HTTP 429 and asks to wait 30 s');
});

const PAGES: [string, number, string, string][] = [
  [
    'a proxy’s login page',
    200,
    '<html><head><title>\n  Corp Proxy:\tsign in </title>',
    'Corp Proxy: sign in',
  ],
  ['a block page', 403, '<TITLE lang="en">Access \u001b[2Jdenied</TITLE>', 'Access \ufffd[2Jdenied'],
  ['a captive portal', 511, '<!doctype html><title>Wi-Fi</title>', 'Wi-Fi'],
  ['a title that never ends', 200, `<title>${'x'.repeat(5_000)}`, `${'x'.repeat(159)}…`],
];
test.concurrent.each(PAGES)('%s is named by its title', async (_, status, page, title) => {
  const result = await answered(httpsSignIn, (response) => response.writeHead(status, html).end(page));
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain(`: an HTML page titled "${title}", not the OpenID configuration`);
  expect(result.evidence.unexpected).toEqual({ line: title });
});

test.concurrent(
  'a page without a title is kept by its beginning, also when it claims to be JSON',
  async () => {
    const result = await answered(httpsSignIn, (response) => response.writeHead(200, json).end(' <p>no</p>'));
    expect(result.failure?.message).toContain('an HTML page without a title, not the OpenID configuration');
    expect(result.evidence.unexpected).toEqual({ line: '<p>no</p>' });
  },
);

test.concurrent('a page longer than anything that is read is still named by its title', async () => {
  const result = await answered(httpsSignIn, (response) => {
    response.writeHead(200, html).end(`<title>Block page</title>${'<b>'.repeat(100_000)}`);
  });
  expect(result.failure?.message).toContain('titled "Block page"');
});

test.concurrent.each([
  [407, html, /HTTP 407 with a web page .*titled "Proxy"/],
  [502, html, /HTTP 502 with a web page .*titled "Proxy"/],
  [407, json, /answered HTTP 407$/],
])('status %i to the Exchange check is a proxy’s, not Outlook’s', async (status, type, message) => {
  const result = await answered(httpsExchange, (response) =>
    response.writeHead(status, type).end('<title>Proxy</title>'),
  );
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toMatch(message);
});

test.concurrent('a bomb of gzip is not unpacked, nor read', async () => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024), { level: 1 });
  const result = await answered(httpsSignIn, (response) => {
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb);
  });
  expect(result.failure).toMatchObject({ phase: 'http', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain('answered HTTP 200 with a body packed as "gzip"');
});

test.concurrent.each<[string, Script, RegExp]>([
  [
    'answers before the answer, without end',
    flood('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'.repeat(50)),
    /sent more than 8 answers before the answer \(HTTP 1xx\)$/,
  ],
  [
    'headers without end',
    (socket) => (socket.write('HTTP/1.1 200 OK\r\n'), flood('x-a: b\r\n'.repeat(100))(socket)),
    /sent more than 16384 bytes of HTTP headers$/,
  ],
  [
    'a status line without end',
    (socket) => (socket.write('HTTP/1.1 200 '), flood('O'.repeat(1_000))(socket)),
    /sent more than 16384 bytes of HTTP headers$/,
  ],
  [
    'a switch to another protocol',
    (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    /answered "101 Switching Protocols" where an HTTP answer, and no other protocol, was expected$/,
  ],
])('%s: ended long before the deadline', async (_, script, message) => {
  const result = await scripted(httpsSignIn, script);
  expect(result.failure?.phase).toBe('http');
  expect(result.failure?.code).not.toBe('timeout');
  expect(result.failure?.message).toMatch(message);
});

test.concurrent('Date tells the clock, and what a cache kept does not', async () => {
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  const fresh = await answered(httpsExchange, (response) =>
    response.writeHead(200, { date: inAMinute }).end(),
  );
  expect(fresh.evidence.clock?.source).toBe('http-date');
  expect(fresh.evidence.clock?.aheadMs).toBeLessThan(-50_000);
  expect(fresh.evidence.clock?.aheadMs).toBeGreaterThan(-70_000);
  const old = await answered(httpsExchange, (response) =>
    response.writeHead(200, { date: inAMinute, age: '9' }).end(),
  );
  expect(old.evidence.clock).toBeUndefined();
});
