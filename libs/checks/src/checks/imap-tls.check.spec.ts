import { afterAll, expect, test } from 'vitest';
import type { ImapTalk, Listener, Script } from '../testing/index.ts';
import {
  close,
  closedPort,
  drip,
  flood,
  listen,
  makeTestCa,
  say,
  stall,
  startImapServer,
} from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import type { ProbeOnce } from '../testing/probe-once.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { imapTls } from './imap-tls.check.ts';

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const probe = (listener: Listener, options?: ProbeOnce) => bench.probe(imapTls, listener, options);
const talking = async (talk: ImapTalk = {}) => probe(await startImapServer({ tls }, talk));
const scripted = async (script: Script, options?: ProbeOnce) => probe(await listen({ tls }, script), options);

test.concurrent(
  'Exchange Online’s IMAP passes, with greeting and capabilities as evidence, and is left with LOGOUT',
  async () => {
    const heard: string[] = [];
    const result = await talking({ onCommand: (line) => heard.push(line) });
    expect(result.failure).toBeNull();
    expect(phasesOf(result)).toEqual(['connect', 'tls', 'greet']);
    expect(result.evidence.imap?.greeting).toMatch(
      /^\* OK The Microsoft Exchange IMAP4 service is ready\. \[VABFAF/,
    );
    expect(result.evidence.imap?.capability).toEqual(
      expect.arrayContaining(['IMAP4rev1', 'AUTH=XOAUTH2', 'SASL-IR']),
    );
    await expect.poll(() => heard).toEqual(['a1 CAPABILITY', 'a2 LOGOUT']);
  },
);

test.concurrent('a port on which nobody listens is refused in connect', async () => {
  const result = await probeOnce(imapTls, { host: '127.0.0.1', port: await closedPort() });
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'refused' });
});

test.concurrent('a certificate of an unknown authority stops it before anything is sent', async () => {
  const other = await (await makeTestCa('Corp Proxy CA')).issue({ names: ['127.0.0.1'] });
  const heard: string[] = [];
  const result = await probe(
    await startImapServer({ tls: other }, { onCommand: (line) => heard.push(line) }),
  );
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
  expect(result.failure?.message).toContain('CN=Corp Proxy CA');
  expect(heard).toEqual([]);
});

test.concurrent('an IMAP server without TLS on the port is told with its greeting', async () => {
  const result = await probe(await listen({}, say('* OK IMAP4rev1 ready\r\n')));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.failure?.message).toContain('without TLS: "* OK IMAP4rev1 ready"');
});

test.concurrent.each([
  ['a goodbye', '* BYE Connection refused. 14', 'unavailable'],
  ['a login that nobody made', '* PREAUTH welcome back', 'unexpected-reply'],
  ['another protocol', '+OK Microsoft Exchange POP3 server ready', 'unexpected-reply'],
  ['a web server', 'HTTP/1.1 400 Bad Request', 'unexpected-reply'],
  ['garbage', '\u0001\u0002 OKAY', 'unexpected-reply'],
])('%s instead of the greeting counts for what it is, and is kept as it came', async (_, greeting, code) => {
  const result = await talking({ greeting });
  expect(result.failure).toMatchObject({ phase: 'greet', code });
  expect(result.failure?.message).toContain('where the greeting * OK was expected');
  // oxlint-disable-next-line no-control-regex -- controls are what is replaced
  const shown = greeting.replace(/[\u0000-\u001f]/g, '\ufffd');
  expect(result.evidence.unexpected?.line).toBe(shown);
});

test.concurrent.each([
  ['NO', '<t> NO Server Unavailable. 15'],
  ['BAD', '<t> BAD Command Error. 10'],
  ['BYE', '* BYE Connection closed. 14'],
  ['nonsense', 'what?'],
])('%s to CAPABILITY is an unexpected reply that still has the greeting', async (_, answer) => {
  const result = await talking({ answer });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.evidence.unexpected?.line).toBe(answer.replace('<t>', 'a1'));
  expect(result.evidence.imap?.greeting).toContain('* OK');
});

test.concurrent(
  'a server without XOAUTH2 is not one that ECE can use, and what it offers is kept',
  async () => {
    const result = await talking({ capability: 'IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2-NOT' });
    expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
    expect(result.failure?.message).toMatch(/does not offer AUTH=XOAUTH2 among its capabilities$/);
    expect(result.evidence.imap?.capability).toEqual(['IMAP4rev1', 'AUTH=PLAIN', 'AUTH=XOAUTH2-NOT']);
  },
);

test.concurrent('a server that ends the connection before its greeting has closed it', async () => {
  const result = await scripted(close);
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'closed' });
});

test.concurrent.each([
  ['nothing', stall],
  ['a greeting byte by byte', drip('* OK The Microsoft Exchange IMAP4 service is ready.\r\n', 100)],
  ['a greeting and no answer to CAPABILITY', say('* OK ready\r\n')],
])('%s by the deadline is a time-out in greet', async (_, script) => {
  const result = await scripted(script, { checkDeadlineMs: 1_200 });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'timeout' });
  expect(result.failure?.message).toMatch(/did not complete its greeting within \d\.\d s$/);
});

test.concurrent('a line without an end is cut off', async () => {
  const result = await scripted(flood('* OK '.repeat(200)));
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.evidence.unexpected?.line.startsWith('* OK * OK')).toBe(true);
});
