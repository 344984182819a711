import { afterEach, expect, test } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { httpsSignIn } from '../checks/https-sign-in.check.ts';
import type { Listener, Script } from '../testing/index.ts';
import { close, drip, flood, listen, resetOnData, say, stall } from '../testing/index.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { readProxyUrl } from './proxy-url.ts';

const listeners: Listener[] = [];
afterEach(() => Promise.all(listeners.splice(0).map((listener) => listener.stop())));

/** The sign-in check through a proxy of this scheme that does as the script says. */
async function against(scheme: string, script: Script): Promise<{ result: CheckResult; url: string }> {
  const proxy = await listen({}, script);
  listeners.push(proxy);
  const url = `${scheme}://127.0.0.1:${proxy.port}`;
  const options = { checkDeadlineMs: 1_000, proxyFor: () => readProxyUrl(url) };
  return { url, result: await probeOnce(httpsSignIn, { host: 'login.test', port: 443 }, options) };
}

const ENDLESS_HEAD: Script = (socket) => (
  socket.write('HTTP/1.1 200 OK\r\n'),
  flood('x-a: b\r\n'.repeat(100))(socket)
);
const ROWS: [string, Script, string, RegExp][] = [
  ['closes', close, 'closed', /closed the connection before its/],
  ['resets', resetOnData, 'reset', /reset the connection during the request to connect/],
  ['stalls', stall, 'timeout', /did not answer within \d\.\d s$/],
  ['drips', drip('HTTP/1.1 200 OK\r\n\r\n', 200), 'timeout', /did not answer within/],
  [
    'is a mail server',
    say('220 mail.test ESMTP\r\n'),
    'unexpected-reply',
    /"220 mail.test ESMTP" where an HTTP answer was expected; an SMTP or FTP server talks like that/,
  ],
  [
    'talks garbage',
    say('\u0001\u0002\u0003 garbage'),
    'unexpected-reply',
    /where an HTTP answer was expected/,
  ],
  ['has headers without end', ENDLESS_HEAD, 'unexpected-reply', /sent more than 16384 bytes of HTTP headers/],
  [
    'puts its answer off for ever',
    flood('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)),
    'unexpected-reply',
    /answered "103 Early Hints"$/,
  ],
];
test.each(ROWS)('an HTTP proxy that %s ends in the phase proxy', async (_, script, code, message) => {
  const { result, url } = await against('http', script);
  expect(result.failure).toMatchObject({ phase: 'proxy', code });
  expect(result.failure?.message).toContain(`login.test:443 was not reached: the proxy ${url} `);
  expect(result.failure?.message).toMatch(message);
  expect(result.durationMs).toBeLessThan(30_000);
  expect(phasesOf(result)).toEqual(['proxy']);
});

const SOCKS_ROWS: [string, Script, string, RegExp][] = [
  ['closes', close, 'closed', /closed the connection before its answer$/],
  ['resets', resetOnData, 'reset', /reset the connection during the request to connect$/],
  ['stalls', stall, 'timeout', /did not answer within/],
  ['stalls after its first answer', say('\u0005\u0000'), 'timeout', /did not answer within/],
  ['is a web proxy', say('HTTP/1.1 400 Bad Request\r\n\r\n'), 'unexpected-reply', /invalid socks version/],
  ['floods', flood('x'.repeat(1_000)), 'unexpected-reply', /invalid socks version/],
  [
    'answers with an unknown code',
    say('\u0005\u0000\u0005\u0063\u0000\u0001\u0000\u0000'),
    'unexpected-reply',
    /did not grant/,
  ],
];
test.each(SOCKS_ROWS)('a SOCKS5 proxy that %s ends in the phase proxy', async (_, script, code, message) => {
  const { result } = await against('socks5', script);
  expect(result.failure).toMatchObject({ phase: 'proxy', code });
  expect(result.failure?.message).toMatch(message);
  expect(result.durationMs).toBeLessThan(30_000);
});

test('an HTTP proxy that repeats who asked it leaves nothing of user and password in the result', async () => {
  const [user, password] = ['canary-user', 'canary-password'];
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const long = `${'x'.repeat(90)}${password}`;
  for (const said of [user, password, basic, `${user}:${password}`, encodeURIComponent(password), long]) {
    const proxy = await listen(
      {},
      say(`HTTP/1.1 407 No, ${said} and ${said}\r\nProxy-Authenticate: ${password} x\r\n\r\n`),
    );
    listeners.push(proxy);
    const proxyFor = () => readProxyUrl(`http://${user}:${password}@127.0.0.1:${proxy.port}`);
    const result = await probeOnce(
      httpsSignIn,
      { host: 'login.test', port: 443 },
      { checkDeadlineMs: 1_000, proxyFor },
    );
    expect(result.failure).toMatchObject({ phase: 'proxy', code: 'unexpected-reply' });
    expect(result.failure?.message).toContain('[secret]');
    expect(JSON.stringify(result)).not.toMatch(/canary-|Y2FuYXJ5/);
  }
});
