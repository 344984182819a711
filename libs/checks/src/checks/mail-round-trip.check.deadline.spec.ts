import type { Socket } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import { pinnedAnswer } from '../io/dns.ts';
import type { ImapTalk, Pop3Talk, SmtpTalk } from '../testing/index.ts';
import { closedPort, startImapServer, startPop3Server, startSmtpServer } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { phasesOf } from '../testing/probe-once.ts';
import { MAILBOX, signInOnce, TOKEN, tracesOfToken } from '../testing/sign-in-once.ts';
import { mailRoundTrip } from './mail-round-trip.check.ts';

vi.setConfig({ testTimeout: 60_000 });

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

interface Talks {
  smtp?: SmtpTalk;
  imap?: ImapTalk;
  pop3?: Pop3Talk;
  /** At which look the message is there; never when it is null. */
  atLook?: number | null;
  deadlineMs?: number;
}

const probe = async (protocol: 'imap' | 'pop3', talks: Talks = {}) => {
  const { atLook = 1, deadlineMs = 30_000 } = talks;
  const heard: string[] = [];
  const messages: string[] = [];
  let looks = 0;
  const isThere = () => {
    looks += 1;
    return atLook !== null && looks >= atLook && messages.length > 0;
  };
  const onCommand = (line: string) => heard.push(line);
  const smtp = await startSmtpServer(
    { tls },
    { ...talks.smtp, onCommand, onMessage: (m) => messages.push(m) },
  );
  const imap = await startImapServer(
    { tls },
    {
      onCommand,
      ...talks.imap,
      answers: {
        SEARCH: () => `* SEARCH${isThere() ? ' 7' : ''}\r\n<t> OK SEARCH completed.`,
        ...talks.imap?.answers,
      },
    },
  );
  const pop3 = await startPop3Server(
    { tls },
    {
      onCommand,
      ...talks.pop3,
      answers: {
        STAT: () => (isThere() ? '+OK 4 5000' : '+OK 3 4711'),
        TOP: (line) => `+OK\r\n${line === 'TOP 4 0' ? messages[0]?.split('\r\n\r\n')[0] : 'Subject: x'}\r\n.`,
        ...talks.pop3?.answers,
      },
    },
  );
  const { port } = protocol === 'imap' ? imap : pop3;
  const result = await signInOnce(mailRoundTrip, smtp, {
    trust: [bench.ca.certificate],
    deadlineMs,
    reading: { protocol, host: '127.0.0.1', port, name: pinnedAnswer(['127.0.0.1']) },
  });
  await vi.waitFor(() => expect([smtp.open(), imap.open(), pop3.open()]).toEqual([0, 0, 0]), 20_000);
  const accepted = imap.accepted() + pop3.accepted();
  await Promise.all([smtp.stop(), imap.stop(), pop3.stop()]);
  expect(tracesOfToken(result)).toEqual([]);
  return { result, heard, messages, accepted, place: `127.0.0.1:${port}` };
};

test.concurrent('a message is sent, found by IMAP by what only it has, and removed by its UID', async () => {
  const { result, heard, messages } = await probe('imap');
  expect(result.failure).toBeNull();
  expect(result.outcome).toBe('pass');
  const phases = ['connect', 'greet', 'starttls', 'tls', 'greet', 'authenticate', 'send', 'receive'];
  expect(phasesOf(result)).toEqual(phases);
  const { roundTrip, submission } = result.evidence;
  expect(roundTrip).toMatchObject({ via: 'imap', removed: true });
  expect(Object.keys(roundTrip ?? {})).toEqual(expect.arrayContaining(['sentMs', 'foundMs', 'deletedMs']));
  const data = expect.stringContaining('250 2.0.0 OK <4711@');
  expect(submission).toMatchObject({ from: MAILBOX, mailFrom: '250 2.1.0 Sender OK', data });
  const search = heard.find((line) => line.includes(' UID SEARCH '));
  expect(search).toContain(roundTrip?.messageId);
  expect(search).toContain('<4711@TEST.eurp000.prod.outlook.com>');
  const commands = heard.map((line) => line.replace(/^[0-9A-Z] /, ''));
  expect(commands).toEqual(
    expect.arrayContaining(['UID STORE 7 +FLAGS (\\Deleted)', 'UID EXPUNGE 7', 'LOGOUT']),
  );
  expect(messages).toHaveLength(1);
});

test.concurrent('the message says what it is, and nothing of it is kept', async () => {
  const { result, messages } = await probe('imap');
  const [message = ''] = messages;
  const { messageId = '' } = result.evidence.roundTrip ?? {};
  expect(messageId).toMatch(/^<mailpath-[0-9a-f-]{36}@example\.com>$/);
  for (const header of [
    `From: Mailpath <${MAILBOX}>`,
    `To: ${MAILBOX}`,
    `Message-ID: ${messageId}`,
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: All',
  ])
    expect(message).toContain(`${header}\r\n`);
  expect(message).toMatch(/^Date: .* \+0000\r$/m);
  expect(message).toMatch(/^Subject: Mailpath round trip [0-9a-f-]{36}\r$/m);
  expect(message).toMatch(/^X-Mailpath-Probe: [0-9a-f-]{36}\r$/m);
  const lines = result.evidence.dialogue?.lines.join('\n') ?? '';
  expect(lines).toMatch(/^C: \[\d+ bytes\]$/m);
  expect(lines).not.toContain('Auto-Submitted');
  expect(lines).toContain('(then with 127.0.0.1:');
  expect(lines).toMatch(/^S: \w+ OK EXPUNGE completed\.$/m);
});

test.concurrent('by POP3 the message is found by its headers, and removed at QUIT', async () => {
  const { result, heard, accepted } = await probe('pop3', { atLook: 2 });
  expect(result.failure).toBeNull();
  expect(result.evidence.roundTrip).toMatchObject({ via: 'pop3', removed: true });
  expect(accepted).toBe(2);
  expect(heard.slice(-4)).toEqual(['STAT', 'TOP 4 0', 'DELE 4', 'QUIT']);
  const lines = result.evidence.dialogue?.lines.join('\n') ?? '';
  expect(lines).toMatch(/^S: \[\d+ bytes\]$/m);
  expect(lines).not.toContain('Auto-Submitted');
});

test.concurrent('a message that comes late is found, and removed all the same', async () => {
  const { result, heard } = await probe('imap', { atLook: 3 });
  expect(result.outcome).toBe('pass');
  expect(result.evidence.roundTrip).toMatchObject({ removed: true });
  expect(heard.filter((line) => line.includes('UID SEARCH'))).toHaveLength(3);
  expect(heard.filter((line) => line.includes('AUTHENTICATE'))).toHaveLength(1);
});

test.concurrent.each(['imap', 'pop3'] as const)('a message that never comes is told, by %s', async (via) => {
  const { result } = await probe(via, { atLook: null, deadlineMs: 4_000 });
  expect(result.failure).toMatchObject({ phase: 'receive', code: 'timeout' });
  expect(result.failure?.message).toMatch(
    /took the message, which was not found in the mailbox within \d\.\d s$/,
  );
  expect(result.evidence.roundTrip).toMatchObject({ removed: false });
  expect(result.evidence.dialogue?.lines.length).toBeGreaterThan(10);
});

test.concurrent.each<[string, 'imap' | 'pop3', Talks, RegExp]>([
  [
    'STORE',
    'imap',
    { imap: { answers: { STORE: '<t> NO not yours' } } },
    /answered "\S+ NO not yours" to STORE$/,
  ],
  ['EXPUNGE', 'imap', { imap: { answers: { EXPUNGE: '<t> NO no' } } }, /answered "\S+ NO no" to EXPUNGE$/],
  [
    'an end at EXPUNGE',
    'imap',
    { imap: { answers: { EXPUNGE: (_: string, socket: Socket) => void socket.end() } } },
    /closed the connection/,
  ],
  [
    'no UIDPLUS',
    'imap',
    { imap: { capability: 'IMAP4rev1 AUTH=XOAUTH2 SASL-IR NAMESPACE' } },
    /only marked as deleted$/,
  ],
  ['DELE', 'pop3', { pop3: { answers: { DELE: '-ERR no' } } }, /answered "-ERR no" to DELE$/],
  ['QUIT', 'pop3', { pop3: { answers: { QUIT: '-ERR some left' } } }, /answered "-ERR some left" to QUIT$/],
])('a message that cannot be removed (%s, %s) is a warning that says so', async (_, via, talks, reason) => {
  const { result } = await probe(via, talks);
  expect(result.outcome).toBe('warn');
  expect(result.reason).toMatch(/^The message <mailpath-\S+> came, and was left in the mailbox: the server /);
  expect(result.reason).toMatch(reason);
  expect(result.evidence.roundTrip).toMatchObject({ removed: false });
});

const afterData = (answer: string): SmtpTalk => ({ answers: { '.': answer } });
const DENIED =
  '554 5.2.252 SendAsDenied; agent@example.com not allowed to send as sales@example.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message [BeginDiagnosticData]Cannot submit message.';

test.concurrent.each<[string, SmtpTalk, string, string]>([
  ['D9', { answers: { 'MAIL FROM': '530 5.7.57 Client not authenticated' } }, 'denied', '530 5.7.57'],
  ['D12', afterData(DENIED), 'denied', DENIED],
  ['D13', afterData('554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException'), 'denied', '554 5.2.0'],
  ['D14', { answers: { 'RCPT TO': '550 5.7.60 SMTP; Client does not have' } }, 'denied', '550 5.7.60'],
  [
    'D16',
    afterData('432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'),
    'throttled',
    '432 4.3.2',
  ],
  ['D18', afterData('554 5.2.0 …SubmissionQuotaExceededException'), 'denied', 'SubmissionQuotaExceeded'],
  ['D19', afterData('554 5.2.2 mailbox full'), 'denied', '554 5.2.2 mailbox full'],
  ['D21', afterData('550 5.7.705 tenant has exceeded threshold'), 'denied', '5.7.705'],
  ['D23', afterData('451 4.7.0 Temporary server error'), 'unavailable', '451 4.7.0'],
  ['D26', { answers: { 'RCPT TO': '550 5.7.54 SMTP; Unable to relay' } }, 'denied', 'Unable to relay'],
  ['an end', { answers: { '.': (_: string, socket: Socket) => void socket.end() } }, 'closed', 'closed the'],
])(
  '%s is told in the phase send, in the server’s words, and nothing is read',
  async (_, smtp, code, text) => {
    const { result, accepted, heard } = await probe('imap', { smtp });
    expect(result.failure).toMatchObject({ phase: 'send', code });
    expect(result.failure?.message).toContain(text);
    expect(accepted).toBe(0);
    expect(heard.filter((line) => line.startsWith('AUTH '))).toHaveLength(1);
  },
);

test.concurrent.each<[string, ImapTalk, string, RegExp]>([
  [
    'a refused login',
    { verdict: '<t> NO AUTHENTICATE failed.' },
    'denied',
    /answered "\S+ NO AUTHENTICATE failed\."/,
  ],
  [
    'a closed mailbox',
    { answers: { NAMESPACE: '<t> BAD User is authenticated but not connected.' } },
    'denied',
    /BAD User is authenticated but not connected\./,
  ],
  ['a repeated token', { verdict: `<t> NO refused ${TOKEN}` }, 'denied', /NO refused \[secret\]/],
])('%s where the mailbox is read is told with that place', async (_, imap, code, text) => {
  const { result, place } = await probe('imap', { imap });
  expect(result.failure).toMatchObject({ phase: 'receive', code });
  expect(result.failure?.message).toMatch(text);
  expect(result.failure?.message).toContain(`but the mailbox could not be read: ${place} answered`);
});

test.concurrent('a place to read that refuses is told with that place', async () => {
  const smtp = await startSmtpServer({ tls });
  const port = await closedPort();
  const result = await signInOnce(mailRoundTrip, smtp, {
    trust: [bench.ca.certificate],
    reading: { protocol: 'imap', host: '127.0.0.1', port, name: pinnedAnswer(['127.0.0.1']) },
  });
  await smtp.stop();
  expect(result.failure).toMatchObject({ phase: 'receive', code: 'refused' });
  expect(result.failure?.message).toMatch(new RegExp(`could not be read: 127\\.0\\.0\\.1:${port} refused`));
});

test.concurrent('without a place to read nothing is sent', async () => {
  const smtp = await startSmtpServer({ tls });
  const result = await signInOnce(mailRoundTrip, smtp, { trust: [bench.ca.certificate] });
  expect(result.failure?.message).toContain('without a place to read the mailbox');
  expect(smtp.accepted()).toBe(0);
  await smtp.stop();
});
