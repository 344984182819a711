import { afterAll, expect, test } from 'vitest';
import type { Listener, Pop3Talk, Script } from '../testing/index.ts';
import { close, closedPort, flood, listen, say, stall, startPop3Server } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import type { ProbeOnce } from '../testing/probe-once.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { pop3Tls } from './pop3-tls.check.ts';

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const probe = (listener: Listener, options?: ProbeOnce) => bench.probe(pop3Tls, listener, options);
const talking = async (talk: Pop3Talk = {}) => probe(await startPop3Server({ tls }, talk));
const scripted = async (script: Script, options?: ProbeOnce) => probe(await listen({ tls }, script), options);

test.concurrent(
  'Exchange Online’s POP3 passes, with greeting and capabilities as evidence, and is left with QUIT',
  async () => {
    const heard: string[] = [];
    const result = await talking({ onCommand: (line) => heard.push(line) });
    expect(result.failure).toBeNull();
    expect(phasesOf(result)).toEqual(['connect', 'tls', 'greet']);
    expect(result.evidence.pop3?.greeting).toMatch(/^\+OK The Microsoft Exchange POP3 service is ready\. \[/);
    expect(result.evidence.pop3?.capa).toEqual(['TOP', 'UIDL', 'SASL PLAIN XOAUTH2', 'USER']);
    await expect.poll(() => heard).toEqual(['CAPA', 'QUIT']);
  },
);

test.concurrent('the greeting of the newer front end passes too', async () => {
  const greeting = '+OK Microsoft Exchange POP3 server ready (tcpproxy/15.20.9137.005). [RgBSADAAUAA=]';
  expect(await talking({ greeting })).toMatchObject({ outcome: 'pass' });
});

test.concurrent('a port on which nobody listens is refused in connect', async () => {
  const result = await probeOnce(pop3Tls, { host: '127.0.0.1', port: await closedPort() });
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'refused' });
});

test.concurrent('an expired certificate is untrusted in tls', async () => {
  const expired = await bench.ca.issue({ names: ['127.0.0.1'], expired: true });
  const result = await probe(await startPop3Server({ tls: expired }));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
  expect(result.evidence.tls?.distrust).toBe('CERT_HAS_EXPIRED');
});

test.concurrent.each([
  ['a refusal', '-ERR Server Unavailable. 15', 'unavailable'],
  ['another protocol', '* OK The Microsoft Exchange IMAP4 service is ready.', 'unexpected-reply'],
  ['something that only begins like it', '+OKAY', 'unexpected-reply'],
])('%s instead of the greeting counts for what it is, and is kept as it came', async (_, greeting, code) => {
  const result = await talking({ greeting });
  expect(result.failure).toMatchObject({ phase: 'greet', code });
  expect(result.evidence.unexpected?.line).toBe(greeting);
});

test.concurrent('-ERR to CAPA is an unexpected reply that still has the greeting', async () => {
  const result = await talking({ answer: '-ERR Protocol error. Connection is closed. 10' });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain('where +OK to CAPA was expected');
  expect(result.evidence.pop3?.greeting).toContain('+OK');
});

test.concurrent.each([
  ['no SASL line', ['TOP', 'UIDL', 'USER']],
  ['other mechanisms', ['SASL PLAIN LOGIN']],
])('a server with %s is not one that ECE can use, and what it offers is kept', async (_, capa) => {
  const result = await talking({ capa });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.failure?.message).toMatch(/does not offer SASL XOAUTH2 among its capabilities$/);
  expect(result.evidence.pop3?.capa).toEqual(capa);
});

test.concurrent('a server that ends the connection before its greeting has closed it', async () => {
  expect((await scripted(close)).failure).toMatchObject({ phase: 'greet', code: 'closed' });
});

test.concurrent.each([
  ['nothing', stall],
  ['a list of capabilities without an end', say('+OK ready\r\n+OK\r\nTOP\r\n')],
])('%s by the deadline is a time-out in greet', async (_, script) => {
  const result = await scripted(script, { checkDeadlineMs: 1_200 });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'timeout' });
});

test.concurrent('a list of capabilities that never ends is cut off', async () => {
  const result = await scripted(flood('+OK lots\r\n'.repeat(100)));
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
});
