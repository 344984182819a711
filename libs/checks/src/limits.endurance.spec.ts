import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Phase } from '@mailpath/protocol';
import { afterAll, expect, test } from 'vitest';
import type { Check } from './check.ts';
import { httpsSignIn } from './checks/https-sign-in.check.ts';
import { imapTls } from './checks/imap-tls.check.ts';
import { pop3Tls } from './checks/pop3-tls.check.ts';
import { smtpSubmission } from './checks/smtp-submission.check.ts';
import { readProxyUrl } from './io/proxy-url.ts';
import type { Listener, Script } from './testing/index.ts';
import { carrierOf, drip, flood, listen, onLine, startSmtpServer } from './testing/index.ts';
import { makeBench } from './testing/bench.ts';

const DEADLINE_MS = 3_000;
/** A fault never ends by itself: what has not ended by then hangs, on the slowest machine. */
const HANGS_MS = 45_000;
/** At most 64 KiB are kept. Node reads up to 64 KiB at once, and some reads may be on their way when it is enough. */
const MOST_BYTES_READ = 4 * 64 * 1024;

const bench = await makeBench();
const { tls } = bench;
const sockets: Socket[] = [];
const onSocket = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
subscribe('net.client.socket', onSocket);
afterAll(async () => {
  unsubscribe('net.client.socket', onSocket);
  await bench.stop();
});

/** What goes wrong, from the moment on at which the stage is reached. */
const FAULTS: Readonly<Record<string, Script>> = {
  stall: () => undefined,
  drip: drip(`HTTP/1.1 200 O${'K'.repeat(1_000)}`, 50),
  'endless line': flood('x'.repeat(1_000)),
  'endless lines': flood('250-x\r\n'.repeat(200)),
  garbage: (socket) => socket.write(Buffer.from('00ff80c3280d0a0d0a', 'hex')),
  'half a word and its end': (socket) => socket.end('H'),
  close: (socket) => socket.end(),
  reset: (socket) => carrierOf(socket).resetAndDestroy(),
};

/** A server that gives these answers, the first unasked, and then has the fault. */
const after =
  (answers: readonly string[], fault: Script): Script =>
  (socket) => {
    const [greeting, ...rest] = answers;
    if (greeting === undefined) return fault(socket);
    socket.write(greeting);
    onLine(socket, () => {
      const answer = rest.shift();
      if (answer === undefined) fault(socket);
      else socket.write(answer);
    });
  };
const onData =
  (fault: Script): Script =>
  (socket) =>
    socket.once('data', () => fault(socket));
const overTls =
  (script: Script): Script =>
  (socket) => {
    const secured = new TLSSocket(socket, { isServer: true, key: tls.key, cert: tls.cert });
    onLine(
      secured.on('error', () => socket.destroy()),
      // Only the connection below can be reset.
      () => script(script === FAULTS['reset'] ? socket : secured),
    );
  };

const EHLO = '250-mail.test\r\n250 STARTTLS\r\n';
interface Stage {
  name: string;
  check: Check;
  phase: Phase;
  start: (fault: Script) => Promise<Listener>;
  /** Where these faults are told otherwise than elsewhere. */
  but?: Record<string, string>;
  proxy?: string;
}
const plain = (answers: string[]) => (fault: Script) => listen({}, after(answers, fault));
const secured = (answers: string[]) => (fault: Script) => listen({ tls }, after(answers, fault));
const insteadOf = (fault: Script) => listen({}, onData(fault));
const request = (fault: Script) => listen({ tls }, onData(fault));

/** OpenSSL waits for a whole record, so that half a word is an end in the middle of it. */
const NO_TLS = {
  'endless line': 'tls-failed',
  'endless lines': 'tls-failed',
  garbage: 'tls-failed',
  drip: 'tls-failed',
  'half a word and its end': 'tls-failed',
};
const LONG_LIST = { 'endless lines': 'unexpected-reply' };
const STAGES: Stage[] = [
  {
    name: 'smtp at EHLO',
    check: smtpSubmission,
    phase: 'greet',
    start: plain(['220 x\r\n']),
    but: LONG_LIST,
  },
  { name: 'smtp at STARTTLS', check: smtpSubmission, phase: 'starttls', start: plain(['220 x\r\n', EHLO]) },
  {
    name: 'smtp at the handshake',
    check: smtpSubmission,
    phase: 'tls',
    start: (fault) => startSmtpServer({ tls }, { insteadOfTls: onData(fault) }),
    but: NO_TLS,
  },
  {
    name: 'smtp at EHLO after TLS',
    check: smtpSubmission,
    phase: 'greet',
    start: (fault) => startSmtpServer({ tls }, { insteadOfTls: overTls(fault) }),
  },
  ...[imapTls, pop3Tls, httpsSignIn].map((check): Stage => ({
    name: `${check.id} at the handshake`,
    check,
    phase: 'tls',
    start: insteadOf,
    but: NO_TLS,
  })),
  { name: 'imap before its greeting', check: imapTls, phase: 'greet', start: secured([]) },
  { name: 'imap at CAPABILITY', check: imapTls, phase: 'greet', start: secured(['* OK x\r\n']) },
  { name: 'pop3 before its greeting', check: pop3Tls, phase: 'greet', start: secured([]) },
  { name: 'pop3 at CAPA', check: pop3Tls, phase: 'greet', start: secured(['+OK x\r\n']) },
  { name: 'https at the request', check: httpsSignIn, phase: 'http', start: request },
  { name: 'an HTTP proxy', check: httpsSignIn, phase: 'proxy', start: insteadOf, proxy: 'http' },
  {
    name: 'a SOCKS5 proxy',
    check: httpsSignIn,
    phase: 'proxy',
    start: insteadOf,
    proxy: 'socks5',
    but: { drip: 'unexpected-reply' },
  },
];
const USUAL = {
  stall: 'timeout',
  drip: 'timeout',
  'endless line': 'unexpected-reply',
  'endless lines': 'unexpected-reply',
  garbage: 'unexpected-reply',
  'half a word and its end': 'closed',
  close: 'closed',
  reset: 'reset',
};

test.concurrent.each(STAGES)(
  '$name: every fault ends by the deadline and in its phase',
  async (stage) => {
    const told = await Promise.all(
      Object.entries(FAULTS).map(async ([name, fault]) => {
        const listener = await stage.start(fault);
        const began = performance.now();
        const { failure } = await bench.probe(stage.check, listener, {
          checkDeadlineMs: DEADLINE_MS,
          ...(stage.proxy
            ? { proxyFor: () => readProxyUrl(`${stage.proxy}://127.0.0.1:${listener.port}`) }
            : {}),
        });
        expect(performance.now() - began).toBeLessThan(HANGS_MS);
        return [name, `${failure?.phase} ${failure?.code}`];
      }),
    );
    const expected = Object.entries({ ...USUAL, ...stage.but }).map(([name, code]) => [
      name,
      `${stage.phase} ${code}`,
    ]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
  },
  30_000,
);

test('no connection of all these was read beyond its limit', () => {
  expect(sockets.length).toBeGreaterThan(STAGES.length);
  expect(Math.max(...sockets.map((socket) => socket.bytesRead))).toBeLessThanOrEqual(MOST_BYTES_READ);
});
