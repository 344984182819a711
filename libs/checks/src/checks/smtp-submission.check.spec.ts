import { afterAll, expect, test } from 'vitest';
import type { Listener, Script, SmtpTalk } from '../testing/index.ts';
import {
  close,
  closedPort,
  drip,
  listen,
  resetOnData,
  say,
  stall,
  startSmtpServer,
} from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import type { ProbeOnce } from '../testing/probe-once.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';
import { smtpSubmission } from './smtp-submission.check.ts';

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const probe = (listener: Listener, options?: ProbeOnce) => bench.probe(smtpSubmission, listener, options);
const talking = async (talk: SmtpTalk = {}, options?: ProbeOnce) =>
  probe(await startSmtpServer({ tls }, talk), options);
const scripted = async (script: Script, options?: ProbeOnce) => probe(await listen({}, script), options);

test.concurrent(
  'Exchange Online’s submission passes, with every answer as evidence, and is left with QUIT',
  async () => {
    const heard: string[] = [];
    const result = await talking({ onCommand: (line) => heard.push(line) });
    expect(result.failure).toBeNull();
    expect(phasesOf(result)).toEqual(['connect', 'greet', 'starttls', 'tls', 'greet']);
    const { smtp } = result.evidence;
    expect(smtp?.greeting).toMatch(
      /^220 TEST\.outlook\.office365\.com Microsoft ESMTP MAIL Service ready at /,
    );
    expect(smtp?.ehlo).toEqual(expect.arrayContaining(['STARTTLS', 'SIZE 157286400']));
    expect(smtp?.ehlo?.[0]).toContain('Hello [127.0.0.1]');
    expect(smtp?.startTls).toBe('220 2.0.0 SMTP server ready');
    expect(smtp?.ehloAfterTls).toContain('AUTH LOGIN XOAUTH2');
    expect(result.evidence.tls?.trusted).toBe(true);
    await expect.poll(() => heard).toEqual(['EHLO [127.0.0.1]', 'STARTTLS', 'EHLO [127.0.0.1]', 'QUIT']);
  },
);

test.concurrent('a port on which nobody listens is refused in connect', async () => {
  const result = await probeOnce(smtpSubmission, { host: '127.0.0.1', port: await closedPort() });
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'refused' });
});

test.concurrent.each([
  ['a refusal for ever', '554 5.7.1 Service unavailable; client host blocked', 'denied'],
  [
    'a refusal for now',
    '421 4.3.2 The maximum number of concurrent connections has exceeded a limit',
    'unavailable',
  ],
  ['a request to slow down', '421 4.7.0 Access denied, please try again later', 'throttled'],
])(
  '%s instead of the greeting counts for what it means, and is kept as it came',
  async (_, greeting, code) => {
    const result = await talking({ greeting });
    expect(result.failure).toMatchObject({ phase: 'greet', code });
    expect(result.failure?.message).toContain('where 220 as the greeting was expected');
    expect(result.evidence.unexpected?.line).toBe(greeting);
  },
);

test.concurrent.each([
  ['another protocol', '* OK IMAP4rev1'],
  ['a web server', 'HTTP/1.1 400 Bad Request'],
  ['codes that change within a reply', '220-one\r\n250 two'],
])('%s is no SMTP reply', async (_, greeting) => {
  const result = await talking({ greeting });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain('where an SMTP reply was expected');
});

test.concurrent('a greeting of several lines passes', async () => {
  expect(await talking({ greeting: '220-mail.test\r\n220 ready' })).toMatchObject({ outcome: 'pass' });
});

test.concurrent(
  'STARTTLS that was taken out of the answer to EHLO fails in starttls, and what was offered is kept',
  async () => {
    const result = await talking({ ehlo: ['mail.test Hello', 'SIZE 1', 'XXXXXXXA'] });
    expect(result.failure).toMatchObject({ phase: 'starttls', code: 'unexpected-reply' });
    expect(result.failure?.message).toMatch(
      /does not offer STARTTLS in its answer to EHLO: "XXXXXXXA" stands where a word was crossed out, as a firewall that inspects SMTP does$/,
    );
    expect(result.evidence.smtp?.ehlo).toEqual(['mail.test Hello', 'SIZE 1', 'XXXXXXXA']);
  },
);

test.concurrent('STARTTLS that is refused fails in starttls with the line', async () => {
  const result = await talking({ startTls: '454 4.7.0 TLS not available' });
  expect(result.failure).toMatchObject({ phase: 'starttls', code: 'unexpected-reply' });
  expect(result.evidence.unexpected?.line).toBe('454 4.7.0 TLS not available');
});

test.concurrent('what is injected in plain text behind the 220 to STARTTLS is refused', async () => {
  const result = await talking({ injected: '250-AUTH LOGIN XOAUTH2\r\n250 evil' });
  expect(result.failure).toMatchObject({ phase: 'starttls', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain('where nothing between the 220 to STARTTLS and TLS was expected');
  expect(result.evidence.unexpected?.line).toContain('250-AUTH LOGIN XOAUTH2');
});

test.concurrent.each<[string, Script, string]>([
  ['closes', close, 'closed'],
  ['resets', resetOnData, 'reset'],
  ['talks plain text', (socket) => socket.once('data', () => socket.write('250 hello\r\n')), 'tls-failed'],
])('a server that %s instead of the handshake fails in tls', async (_, insteadOfTls, code) => {
  expect((await talking({ insteadOfTls })).failure).toMatchObject({ phase: 'tls', code });
});

test.concurrent(
  'a handshake that is never answered is a time-out in tls, after a good greeting',
  async () => {
    const result = await talking({ insteadOfTls: stall }, { checkDeadlineMs: 1_200 });
    expect(result.failure).toMatchObject({ phase: 'tls', code: 'timeout' });
    expect(result.evidence.smtp?.startTls).toMatch(/^220/);
  },
);

test.concurrent('a certificate for another host is untrusted in tls', async () => {
  const result = await probe(await startSmtpServer({ tls: await bench.ca.issue({ names: ['mail.test'] }) }));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
  expect(result.failure?.message).toContain('it names mail.test');
});

test.concurrent.each([
  ['no AUTH', ['mail.test Hello', 'SIZE 1'], /offers no AUTH after TLS$/],
  [
    'AUTH without XOAUTH2',
    ['mail.test Hello', 'AUTH LOGIN PLAIN'],
    /offers AUTH LOGIN PLAIN after TLS, without XOAUTH2$/,
  ],
])('a server with %s after TLS is not one that ECE can use', async (_, ehloAfterTls, message) => {
  const result = await talking({ ehloAfterTls });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.failure?.message).toMatch(message);
  expect(phasesOf(result)).toEqual(['connect', 'greet', 'starttls', 'tls', 'greet']);
  expect(result.evidence.smtp?.ehloAfterTls).toEqual(ehloAfterTls);
});

test.concurrent.each<[string, Script]>([
  ['a server that waits for TLS from the first byte', stall],
  ['a greeting byte by byte', drip('220 mail.test ESMTP ready for you\r\n', 100)],
  ['a greeting and no answer to EHLO', say('220 mail.test\r\n')],
  ['an answer to EHLO without an end', say('220 mail.test\r\n250-mail.test\r\n')],
])('%s is a time-out in greet at the deadline', async (_, script) => {
  const result = await scripted(script, { checkDeadlineMs: 1_200 });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'timeout' });
});

test.concurrent('STARTTLS that is never answered is a time-out in starttls', async () => {
  const result = await scripted(say('220 mail.test\r\n250-mail.test\r\n250 STARTTLS\r\n'), {
    checkDeadlineMs: 1_200,
  });
  expect(result.failure).toMatchObject({ phase: 'starttls', code: 'timeout' });
  expect(result.failure?.message).toMatch(/did not answer STARTTLS within \d\.\d s$/);
});

test.concurrent.each<[string, Script, string]>([
  ['closes before its greeting', close, 'closed'],
  ['resets at EHLO', (socket) => (say('220 mail.test\r\n')(socket), resetOnData(socket)), 'reset'],
])('a server that %s fails in greet', async (_, script, code) => {
  expect((await scripted(script)).failure).toMatchObject({ phase: 'greet', code });
});
