import { randomBytes } from 'node:crypto';
import type { Task } from '@mailpath/protocol';
import { CheckResult, MAX_FRAME_BYTES } from '@mailpath/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { pinnedAnswer } from './io/dns.ts';
import { runRound } from './run-round.ts';
import type { Listener, Script, TestCa, TlsPair } from './testing/index.ts';
import { listen, makeTestCa, startSmtpServer } from './testing/index.ts';
import { signInOnce } from './testing/sign-in-once.ts';

let ca: TestCa;
let tls: TlsPair;
const listeners: Listener[] = [];
beforeAll(async () => {
  ca = await makeTestCa();
  tls = await ca.issue({ names: ['127.0.0.1'] });
});
afterAll(() => Promise.all(listeners.map((listener) => listener.stop())));

/** The first words of each protocol, so that the noise gets past the greeting. */
const OPENINGS = [
  '',
  '220 x\r\n250 STARTTLS\r\n220 go\r\n',
  '* OK x\r\n* CAPABILITY ',
  '+OK x\r\n+OK\r\n',
  'HTTP/1.1 200 OK\r\n\r\n',
];

const noise =
  (opening: string, bytes: Buffer): Script =>
  (socket) => {
    socket.resume();
    socket.end(Buffer.concat([Buffer.from(opening), bytes]));
  };

async function against(listener: Listener): Promise<CheckResult[]> {
  listeners.push(listener);
  const tasks: Task[] = CATALOGUE.map(({ id }) => ({
    check: id,
    target: { name: 'hostile', host: '127.0.0.1', port: listener.port },
  }));
  const trust = [ca.certificate];
  const signingIn = CATALOGUE.filter(({ needs }) => needs === 'access-token' || needs === 'mailbox-reader');
  const { port } = listener;
  const name = pinnedAnswer(['127.0.0.1']);
  const lent = {
    trust,
    deadlineMs: 800,
    reading: { protocol: 'imap', host: '127.0.0.1', port, name },
  } as const;
  const [without, within] = await Promise.all([
    runRound(tasks, { roundDeadlineMs: 120_000, checkDeadlineMs: 10_000, trust }),
    Promise.all(signingIn.map((check) => signInOnce(check, listener, lent))),
  ]);
  return [...without, ...within];
}

test.concurrent.each(OPENINGS.flatMap((opening) => [false, true].map((secured) => ({ opening, secured }))))(
  'noise after $opening (TLS: $secured) is never our own fault, and every result is one the protocol takes',
  async ({ opening, secured }) => {
    const bytes = randomBytes(3_000);
    const results = await against(await listen(secured ? { tls } : {}, noise(opening, bytes)));
    for (const result of results) {
      expect(CheckResult.parse(result)).toEqual(result);
      const seen = { check: result.check, code: result.failure?.code, bytes: bytes.toString('hex') };
      expect(seen).not.toMatchObject({ code: 'internal' });
    }
  },
);

test.concurrent(
  'a server that says as much as it can still makes a result that fits into one frame',
  async () => {
    const ehlo = ['x', 'STARTTLS', ...Array.from({ length: 60 }, () => '\u4e2d'.repeat(300))];
    const names = Array.from({ length: 100 }, (_, i) => `${'a'.repeat(60)}.${'b'.repeat(60)}.${i}.test`);
    const pair = await ca.issue({ names: ['127.0.0.1', ...names] });
    const talk = { ehlo, ehloAfterTls: ehlo, greeting: `220 ${'\u4e2d'.repeat(2_000)}` };
    const results = await against(await startSmtpServer({ tls: pair }, talk));
    const submission = results.find(({ check }) => check === 'smtp.submission');
    expect(submission?.failure?.message).toContain('offers no AUTH after TLS');
    expect(CheckResult.parse(submission)).toEqual(submission);
    const bytes = Buffer.byteLength(JSON.stringify(submission));
    expect(bytes).toBeGreaterThan(60_000);
    expect(bytes).toBeLessThan(MAX_FRAME_BYTES);
  },
);
