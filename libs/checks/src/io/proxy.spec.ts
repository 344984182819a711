import { afterAll, afterEach, expect, test } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { httpsExchange } from '../checks/https-exchange.check.ts';
import { httpsSignIn } from '../checks/https-sign-in.check.ts';
import { imapTls } from '../checks/imap-tls.check.ts';
import type { Listener } from '../testing/index.ts';
import {
  closedPort,
  listen,
  makeTestCa,
  say,
  stall,
  startHttpProxy,
  startHttpsServer,
  startImapServer,
  startSocksProxy,
} from '../testing/index.ts';
import type { ProbeOnce } from '../testing/probe-once.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { readProxyUrl } from './proxy-url.ts';

const ca = await makeTestCa();
const tls = await ca.issue({ names: ['login.test', '127.0.0.1'] });
const web = await startHttpsServer({ tls });
const listeners: Listener[] = [];
afterEach(() => Promise.all(listeners.splice(0).map((listener) => listener.stop())));
afterAll(() => web.stop());

function kept<L extends Listener>(listener: L): L {
  listeners.push(listener);
  return listener;
}

const PLACE = { host: 'login.test', port: web.port };
const names = { 'login.test': '127.0.0.1' };

/** The sign-in check through a proxy, on a machine that cannot look the target's name up. */
function through(proxy: string, options: ProbeOnce = {}): Promise<CheckResult> {
  return probeOnce(httpsSignIn, PLACE, {
    trust: [ca.certificate],
    addresses: [],
    proxyFor: () => readProxyUrl(proxy),
    ...options,
  });
}

const SECRET = 'p@ss:w0rd%';
const CREDENTIALS = { user: 'ann', password: SECRET };
const withSecret = (scheme: string, port: number, password = SECRET) =>
  `${scheme}://ann:${encodeURIComponent(password)}@127.0.0.1:${port}`;

test.each([
  ['http', startHttpProxy, 200, '200 Connection established'],
  ['socks5', startSocksProxy, null, 'granted'],
] as const)(
  '%s: the target is reached by its name, which only the proxy looks up',
  async (scheme, start, status, reply) => {
    const proxy = kept(await start({}, { names }));
    const result = await through(`${scheme}://127.0.0.1:${proxy.port}`);
    expect(result.failure).toBeNull();
    expect(phasesOf(result)).toEqual(['proxy', 'tls', 'http']);
    expect(proxy.asked).toEqual([`login.test:${web.port}`]);
    expect(result.evidence.proxy).toEqual({ url: `${scheme}://127.0.0.1:${proxy.port}`, status, reply });
    expect(result.evidence).not.toHaveProperty('connect');
    expect(result.evidence).not.toHaveProperty('dns');
    expect(result.evidence.tls).toMatchObject({ serverName: 'login.test', trusted: true });
  },
);

test.each([
  ['http', startHttpProxy],
  ['socks5', startSocksProxy],
] as const)(
  '%s: user and password of the URL are given to the proxy, and to nobody else',
  async (scheme, start) => {
    const proxy = kept(await start({}, { names, credentials: CREDENTIALS }));
    const result = await through(withSecret(scheme, proxy.port));
    expect(result.failure).toBeNull();
    expect(JSON.stringify(result)).not.toContain('ann');
  },
);

test.each([
  [
    'http',
    startHttpProxy,
    407,
    /answered "407 Proxy Authentication Required" and asks for Negotiate, Basic$/,
  ],
  ['socks5', startSocksProxy, null, /did not grant the connection: Socks5 Authentication failed$/],
] as const)('%s: a password that is not taken is told without it', async (scheme, start, status, message) => {
  const proxy = kept(await start({}, { credentials: CREDENTIALS }));
  const result = await through(withSecret(scheme, proxy.port, 'wrong-secret'));
  expect(result.failure).toMatchObject({ phase: 'proxy', code: 'unexpected-reply' });
  expect(result.failure?.message).toMatch(message);
  expect(result.failure?.message).toContain(
    `login.test:${web.port} was not reached: the proxy ${scheme}://127.0.0.1:${proxy.port} `,
  );
  expect(result.evidence.proxy?.status).toBe(status);
  expect(JSON.stringify(result)).not.toMatch(/wrong-secret|ann|d3Jvbmct/);
});

test('a SOCKS5 proxy that wants a password and is given none says so', async () => {
  const proxy = kept(await startSocksProxy({}, { credentials: CREDENTIALS }));
  const result = await through(`socks5://127.0.0.1:${proxy.port}`);
  expect(result.failure?.message).toContain('no accepted authentication type');
});

test.each([
  ['403 Forbidden', 403],
  ['407 Proxy Authentication Required', 407],
  ['502 Bad Gateway', 502],
  ['302 Found', 302],
  ['503', 503],
])('the answer "%s" to CONNECT is told with its status, and its page is not read', async (reply, status) => {
  const page = `HTTP/1.1 ${reply}\r\ncontent-type: text/html\r\n\r\n<title>Blocked</title>`;
  const proxy = kept(await startHttpProxy({}, { answer: page }));
  const result = await through(`http://127.0.0.1:${proxy.port}`);
  expect(result.failure).toMatchObject({ phase: 'proxy', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain(`answered "${reply}"`);
  expect(result.evidence.proxy).toMatchObject({ status, reply });
});

test('a place that the proxy cannot reach is told as its answer', async () => {
  const refused = { host: '127.0.0.1', port: await closedPort() };
  const http = kept(await startHttpProxy({}));
  const socks = kept(await startSocksProxy({}));
  const via = (url: string) => probeOnce(httpsSignIn, refused, { proxyFor: () => readProxyUrl(url) });
  const byHttp = await via(`http://127.0.0.1:${http.port}`);
  expect(byHttp).toMatchObject({
    failure: { phase: 'proxy' },
    evidence: { proxy: { status: 502, reply: '502 Bad Gateway' } },
  });
  const bySocks = await via(`socks5://127.0.0.1:${socks.port}`);
  expect(bySocks.evidence.proxy?.reply).toBe('Socks5 proxy rejected connection - ConnectionRefused');
});

test('a proxy on which nobody listens is refused in the phase proxy, with its address', async () => {
  const port = await closedPort();
  const result = await through(`http://127.0.0.1:${port}`);
  expect(result.failure).toMatchObject({ phase: 'proxy', code: 'refused' });
  expect(result.failure?.message).toBe(
    `login.test:${web.port} was not reached: the proxy http://127.0.0.1:${port} refused the connection`,
  );
});

test('the next address of a proxy is tried when one is dead', async () => {
  const proxy = kept(await startHttpProxy({}, { names }));
  const result = await through(`http://proxy.test:${proxy.port}`, { addresses: ['127.0.0.9', '127.0.0.1'] });
  expect(result).toMatchObject({
    outcome: 'pass',
    evidence: { proxy: { url: `http://proxy.test:${proxy.port}` } },
  });
});

test('a proxy whose name is not found fails in the phase proxy, and the target is not blamed', async () => {
  const result = await through('http://proxy.invalid:3128', {
    pins: new Map([['login.test', ['127.0.0.1']]]),
    addresses: [],
  });
  expect(result.failure).toMatchObject({ phase: 'proxy', code: 'not-found' });
  expect(result.failure?.message).toContain('the proxy http://proxy.invalid:3128 has no address');
});

test('behind a tunnel that stands, a failed handshake is the target’s, in tls', async () => {
  const other = kept(await listen({}, say('* OK ready\r\n')));
  const proxy = kept(await startHttpProxy({}, {}));
  const place = { host: '127.0.0.1', port: other.port };
  const result = await probeOnce(httpsExchange, place, {
    proxyFor: () => readProxyUrl(`http://127.0.0.1:${proxy.port}`),
  });
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.failure?.message).toContain('without TLS: "* OK ready"');
  expect(result.evidence.proxy?.status).toBe(200);
});

test('mail goes the direct way, whatever proxy there is', async () => {
  const imap = kept(await startImapServer({ tls }));
  const result = await probeOnce(
    imapTls,
    { host: '127.0.0.1', port: imap.port },
    { trust: [ca.certificate], proxyFor: () => readProxyUrl('http://127.0.0.1:1') },
  );
  expect(result.outcome).toBe('pass');
  expect(result.evidence).not.toHaveProperty('proxy');
});

test.each([
  ['http', startHttpProxy],
  ['socks5', startSocksProxy],
] as const)(
  '%s: no connection outlives its check, whether it passed, was refused or timed out',
  async (scheme, start) => {
    const good = kept(await start({}, { names }));
    const wary = kept(await start({}, { credentials: CREDENTIALS }));
    const silent = kept(await listen({}, stall));
    const rounds = [good, wary, silent].flatMap(({ port }) =>
      Array.from({ length: 10 }, () => through(`${scheme}://127.0.0.1:${port}`, { checkDeadlineMs: 2_000 })),
    );
    const phases = (await Promise.all(rounds)).map(({ failure }) => failure?.phase ?? 'passed');
    expect(new Set(phases.slice(0, 10))).toEqual(new Set(['passed']));
    expect(new Set(phases.slice(10))).toEqual(new Set(['proxy']));
    await expect.poll(() => [good.open(), wary.open(), silent.open()]).toEqual([0, 0, 0]);
  },
);
