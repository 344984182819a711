import type { Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import type { Check } from './check.ts';
import { httpsExchange } from './checks/https-exchange.check.ts';
import { imapTls } from './checks/imap-tls.check.ts';
import { pop3Tls } from './checks/pop3-tls.check.ts';
import { smtpSubmission } from './checks/smtp-submission.check.ts';
import { lookAgain } from './second-look.ts';
import { makeBench } from './testing/bench.ts';
import {
  listen,
  startHttpsServer,
  startImapServer,
  startPop3Server,
  startSmtpServer,
  type Listener,
  type ListenOptions,
} from './testing/index.ts';
import { probeOnce } from './testing/probe-once.ts';

const bench = await makeBench(['mail.test']);
const { tls } = bench;
const listeners: Listener[] = [];
afterAll(async () => {
  await Promise.all(listeners.map(({ stop }) => stop()));
  await bench.stop();
});

let net = 50;
const HOST = 'mail.test';
const DEAF = (socket: Socket) => socket.resume();
const CUTS = (socket: Socket) => socket.once('data', () => socket.resetAndDestroy());
const ENDS = (socket: Socket) => socket.end();

/** A server of the kind on the second address of a net of its own, and what the first one does. */
async function pair(
  start: (at: ListenOptions & { tls: typeof tls }) => Promise<Listener>,
  first: (socket: Socket) => void,
) {
  net += 1;
  const [bad, good] = [`127.0.${net}.1`, `127.0.${net}.2`];
  const server = await start({ address: good, tls });
  const other = await listen({ address: bad, port: server.port }, first);
  listeners.push(server, other);
  return { addresses: [bad, good], port: server.port, server, other };
}

const conditions = { trust: [bench.ca.certificate], checkDeadlineMs: 4_000, revocation: false };

const SERVERS = [
  ['imap.tls', imapTls, startImapServer],
  ['pop3.tls', pop3Tls, startPop3Server],
  ['smtp.submission', smtpSubmission, startSmtpServer],
  ['https.exchange', httpsExchange, startHttpsServer],
] as const satisfies [string, Check, unknown][];
const FAULTS = [
  ['never speaks', DEAF, 'timeout'],
  ['cuts the connection', ENDS, 'closed'],
] as const;

test.concurrent.each(SERVERS.flatMap((server) => FAULTS.map((fault) => [...server, ...fault] as const)))(
  '%s goes on to the other address when the first one, $4, and says so',
  async (_, check, start, __, first, code) => {
    const { addresses, port } = await pair((at) => start(at), first);
    const result = await probeOnce(check, { host: HOST, port }, { ...conditions, addresses });
    expect(result).toMatchObject({ outcome: 'warn', failure: null });
    expect(result.reason).toContain(addresses[0]);
    expect(result.evidence.connect).toMatchObject({
      used: addresses[1],
      spokenWith: [
        { address: addresses[0], outcome: code },
        { address: addresses[1], outcome: 'served' },
      ],
    });
    expect(result.evidence.connect?.attempts.map(({ outcome }) => outcome)).toEqual(['reached', 'reached']);
  },
  20_000,
);

test('addresses that all fail alike are all told, and the failure is the first one’s', async () => {
  const { addresses, port, server } = await pair(
    (at) => listen(at.address ? { address: at.address } : {}, CUTS),
    CUTS,
  );
  const result = await probeOnce(imapTls, { host: HOST, port }, { ...conditions, addresses });
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'reset' });
  expect(result.failure?.message).toContain(addresses[0]);
  expect(result.evidence.connect?.spokenWith).toMatchObject(
    addresses.map((address) => ({ address, phase: 'tls', outcome: 'reset' })),
  );
  expect(server.accepted()).toBeGreaterThan(0);
});

test('a definite answer is believed for all addresses: nobody else is asked', async () => {
  const { addresses, port, server } = await pair(startImapServer, (socket) =>
    socket.end('HTTP/1.1 400 Bad\r\n\r\n'),
  );
  const result = await probeOnce(imapTls, { host: HOST, port }, { ...conditions, addresses });
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.evidence.connect?.spokenWith).toBeUndefined();
  expect(server.accepted()).toBe(1); // for its own facts only
});

test('the second look begins with another address than the one that failed', async () => {
  const { addresses, port } = await pair(startImapServer, DEAF);
  const target = { name: 'imap', host: HOST, port };
  const first = await probeOnce(imapTls, target, { ...conditions, addresses: addresses.slice(0, 1) });
  expect(first.failure).toMatchObject({ phase: 'tls', code: 'timeout' });
  const [second] = await lookAgain([first], {
    ...conditions,
    roundDeadlineMs: 10_000,
    lookUp: async () => addresses,
  });
  expect(second).toMatchObject({ outcome: 'pass', repeats: first.id });
  expect(second?.evidence.connect?.used).toBe(addresses[1]);
}, 20_000);

test('a second look that only its own budget cuts short is none', async () => {
  const { port, addresses } = await pair(
    (at) => listen(at.address ? { address: at.address } : {}, DEAF),
    DEAF,
  );
  const target = { name: 'imap', host: HOST, port };
  const one = { ...conditions, addresses: addresses.slice(0, 1), checkDeadlineMs: 1_500 };
  const first = await probeOnce(imapTls, target, one);
  expect(first.failure).toMatchObject({ code: 'timeout' });
  const again = { ...conditions, checkDeadlineMs: 10_000, lookUp: async () => addresses };
  expect(await lookAgain([first], { ...again, roundDeadlineMs: 1_500 })).toEqual([]);
});
