import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { createServer } from 'node:tls';
import { CheckResult } from '@mailpath/protocol';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Check } from '../check.ts';
import { httpsReach } from '../checks/https-reach.check.ts';
import { smtpSubmission } from '../checks/smtp-submission.check.ts';
import { tlsHandshake } from '../checks/tls-handshake.check.ts';
import { runCheck } from '../run-check.ts';
import type { Listener, Script, TestCa, TlsPair } from '../testing/index.ts';
import {
  close,
  listen,
  makeTestCa,
  resetOnData,
  stall,
  startHttpProxy,
  startSmtpServer,
} from '../testing/index.ts';
import { phasesOf } from '../testing/probe-once.ts';

let ca: TestCa;
let tls: TlsPair;
const listeners: Listener[] = [];
beforeAll(async () => {
  ca = await makeTestCa();
  tls = await ca.issue({ names: ['127.0.0.1'] });
});
afterEach(() => Promise.all(listeners.splice(0).map((listener) => listener.stop())));

/**
 * TLS as a server of these versions speaks it; the keys and digests of old versions are out of OpenSSL's default level.
 */
function speaking(options: TlsOptions, hear: (data: Buffer) => void = () => undefined): Script {
  const server = createServer({
    ...tls,
    ciphers: 'DEFAULT@SECLEVEL=0',
    minVersion: 'TLSv1',
    ...options,
  });
  server.on('secureConnection', (socket) => socket.on('data', hear));
  return (socket) => server.emit('connection', socket);
}

/** What each connection meets, one after the other; the last is met by all that follow. */
function inTurn(...scripts: Script[]): Script {
  return (socket) => (scripts.length > 1 ? scripts.shift() : scripts[0])?.(socket);
}

/** One run by itself: in a round further connections are made to measure the round trip. */
async function run(
  check: Check,
  listener: Listener,
  deadlineMs = 5_000,
  proxy: URL | null = null,
): Promise<CheckResult> {
  listeners.push(listener);
  const host = '127.0.0.1';
  const name = { addresses: [host], error: null, ms: 0 };
  const target = { name: 'added', host, port: listener.port };
  return CheckResult.parse(
    await runCheck(check, target, { name, deadlineMs, proxy, trust: [ca.certificate] }),
  );
}

/** The ServerHello of a server that has never heard of more than TLS 1.0 (RFC 2246), and no more of the handshake. */
const helloOfTls10: Script = (socket) => {
  const body = Buffer.concat([
    Buffer.from('0301', 'hex'),
    Buffer.alloc(32, 7),
    Buffer.from('00002f00', 'hex'),
  ]);
  const message = Buffer.concat([Buffer.from([2, 0, 0, body.length]), body]);
  socket.once('data', () =>
    socket.write(Buffer.concat([Buffer.from([22, 3, 1, 0, message.length]), message])),
  );
};

const oldOnly = (maxVersion: 'TLSv1' | 'TLSv1.1') => () => speaking({ maxVersion });

test.each([
  ['speaks TLS 1.1 at most', oldOnly('TLSv1.1'), 'tls-failed', /alert protocol version$/, ['TLSv1.1']],
  ['speaks TLS 1.0 at most', oldOnly('TLSv1'), 'tls-failed', /alert protocol version$/, ['TLSv1']],
  [
    'answers with TLS 1.0 whatever is offered',
    () => inTurn(helloOfTls10, speaking({ maxVersion: 'TLSv1' })),
    'tls-failed',
    /unsupported protocol$/,
    ['TLSv1'],
  ],
  [
    'closes what it does not know',
    () => inTurn(close, speaking({ maxVersion: 'TLSv1.1' })),
    'closed',
    /closed the connection during the TLS handshake$/,
    ['TLSv1.1'],
  ],
  [
    'resets what it does not know',
    () => inTurn(resetOnData, speaking({ maxVersion: 'TLSv1.1' })),
    'reset',
    /reset the connection during the TLS handshake$/,
    ['TLSv1.1'],
  ],
] as const)(
  'of a server that %s it is told which version it takes',
  async (_, script, code, message, versions) => {
    const result = await run(tlsHandshake, await listen({}, script()));
    expect(result.failure).toMatchObject({ phase: 'tls', code, message: expect.stringMatching(message) });
    expect(result.evidence.tlsOffered?.versions).toEqual(versions);
    expect(phasesOf(result)).toEqual(['connect', 'tls']);
    expect(result.evidence.connect?.attempts).toHaveLength(1);
  },
);

test('a server that refuses every version is told so', async () => {
  const none = speaking({ maxVersion: 'TLSv1.2', ciphers: 'PSK-AES128-GCM-SHA256' });
  const result = await run(tlsHandshake, await listen({}, none));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.evidence.tlsOffered).toEqual({ versions: [] });
});

test('nothing is sent on the second connection, it is closed, and there is no third', async () => {
  let heard = 0;
  const listener = await listen(
    {},
    speaking({ maxVersion: 'TLSv1.1' }, (data) => (heard += data.length)),
  );
  const result = await run(tlsHandshake, listener);
  expect(result.evidence.tlsOffered).toEqual({ versions: ['TLSv1.1'] });
  await expect.poll(() => listener.open()).toBe(0);
  expect(listener.accepted()).toBe(2);
  expect(heard).toBe(0);
});

test.each([
  ['stalls', stall],
  ['closes', close],
])('a second connection that %s changes nothing, and ends with time to spare', async (_, second) => {
  const listener = await listen({}, inTurn(close, second));
  const result = await run(tlsHandshake, listener, 800);
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'closed' });
  expect(result.evidence).not.toHaveProperty('tlsOffered');
  expect(result.durationMs).toBeLessThan(30_000);
});

test.each([
  ['is not trusted', async () => speaking(await ca.issue({ names: ['other.test'] }))],
  ['never answers', async () => stall],
])('a server whose handshake %s is not asked a second time', async (_, make) => {
  const listener = await listen({}, await make());
  const result = await run(tlsHandshake, listener, 500);
  expect(result.outcome).toBe('fail');
  expect(listener.accepted()).toBe(1);
});

test('behind STARTTLS the mail server is led to the same place again, and only the first talk is evidence', async () => {
  const commands: string[] = [];
  const old = speaking({ maxVersion: 'TLSv1.1' });
  const insteadOfTls = (socket: Socket) => old(socket);
  const talk = { insteadOfTls, onCommand: (line: string) => void commands.push(line) };
  const listener = await startSmtpServer({ tls }, talk);
  const result = await run(smtpSubmission, listener);
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.evidence.tlsOffered).toEqual({ versions: ['TLSv1.1'] });
  expect(phasesOf(result)).toEqual(['connect', 'greet', 'starttls', 'tls']);
  expect(commands).toEqual(['EHLO [127.0.0.1]', 'STARTTLS', 'EHLO [127.0.0.1]', 'STARTTLS']);
});

test('behind a proxy the second connection goes through it as well', async () => {
  const listener = await listen({}, speaking({ maxVersion: 'TLSv1.1' }));
  const proxy = await startHttpProxy({});
  listeners.push(proxy);
  const result = await run(httpsReach, listener, 5_000, new URL(`http://127.0.0.1:${proxy.port}`));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.evidence.tlsOffered).toEqual({ versions: ['TLSv1.1'] });
  expect(phasesOf(result)).toEqual(['proxy', 'tls']);
  expect(proxy.accepted()).toBe(2);
});
