import type { Socket } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import type { Pop3Talk } from '../testing/index.ts';
import { flood, startPop3Server } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { phasesOf } from '../testing/probe-once.ts';
import { MAILBOX, signInOnce, TOKEN, tracesOfToken } from '../testing/sign-in-once.ts';
import { pop3Mailbox } from './pop3-mailbox.check.ts';

vi.setConfig({ testTimeout: 60_000 });

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const probe = async (talk: Pop3Talk = {}, deadlineMs = 30_000) => {
  const heard: string[] = [];
  const listener = await startPop3Server({ tls }, { ...talk, onCommand: (line) => heard.push(line) });
  const result = await signInOnce(pop3Mailbox, listener, { trust: [bench.ca.certificate], deadlineMs });
  await vi.waitFor(() => expect(listener.open()).toBe(0), 20_000);
  await listener.stop();
  expect(tracesOfToken(result)).toEqual([]);
  const logins = heard.filter((line) => /^(?:AUTH|USER|PASS|APOP)\b/i.test(line)).length;
  return { result, heard, logins, accepted: listener.accepted() };
};

test.concurrent(
  'a mailbox that opens passes, by the two-line form, and nothing in it is touched',
  async () => {
    const { result, heard } = await probe();
    expect(result.failure).toBeNull();
    expect(phasesOf(result)).toEqual(['connect', 'tls', 'greet', 'authenticate', 'open-mailbox']);
    const response = Buffer.from(`user=${MAILBOX}\x01auth=Bearer ${TOKEN}\x01\x01`).toString('base64');
    expect(heard).toEqual(['CAPA', 'AUTH XOAUTH2', response, 'STAT', 'QUIT']);
    expect(result.evidence.mailbox).toEqual({ opened: true, reply: '+OK 3 4711', messages: 3, octets: 4711 });
    const reply = '+OK User successfully authenticated.';
    expect(result.evidence.login).toMatchObject({
      user: MAILBOX,
      mechanism: 'XOAUTH2',
      reply,
      challenge: null,
    });
    expect(result.evidence.dialogue?.lines).toEqual(
      expect.arrayContaining(['C: AUTH XOAUTH2', 'S: + ', `C: ${result.evidence.login?.credential}`]),
    );
  },
);

test.concurrent.each<[string, Pop3Talk, string, string, RegExp]>([
  [
    'C-1',
    { verdict: '-ERR Authentication failure: unknown user name or bad password.' },
    'authenticate',
    'denied',
    /answered "-ERR Authentication failure: unknown user name or bad password\." to AUTH$/,
  ],
  [
    'C-2',
    { verdict: '-ERR Logon failure: unknown user name or bad password.' },
    'authenticate',
    'denied',
    /Logon/,
  ],
  [
    'C-3',
    { answers: { AUTH: '-ERR Protocol error. Connection is closed. 10' } },
    'authenticate',
    'denied',
    /Protocol error\. Connection is closed\. 10" to AUTH$/,
  ],
  ['C-4', { verdict: '-ERR Protocol error. Connection is closed. 10' }, 'authenticate', 'denied', /10"/],
  [
    'C-5',
    { answers: { STAT: '-ERR Command is not valid in this state.' } },
    'open-mailbox',
    'denied',
    /not valid in this state\." to STAT$/,
  ],
  ['C-6 at the login', { verdict: '-ERR Server Unavailable. 21' }, 'authenticate', 'unavailable', /21"/],
  [
    'C-6 while it opens',
    { answers: { STAT: '-ERR Server Unavailable. 21' } },
    'open-mailbox',
    'unavailable',
    /21" to STAT$/,
  ],
  ['C-7', { verdict: '-ERR Connection is closed. 22' }, 'authenticate', 'unavailable', /closed\. 22"/],
  ['C-8', { capa: ['TOP', 'SASL PLAIN'] }, 'greet', 'unexpected-reply', /does not offer SASL XOAUTH2/],
  [
    'C-9',
    { answers: { STAT: '-ERR [IN-USE] the mailbox is locked by another POP3 session' } },
    'open-mailbox',
    'unavailable',
    /locked by another POP3 session/,
  ],
  ['C-9 at the login', { verdict: '-ERR mailbox is locked' }, 'authenticate', 'unavailable', /is locked"/],
  ['a refusal without a reason', { verdict: '-ERR' }, 'authenticate', 'denied', /answered "-ERR" to AUTH$/],
  ['a turned-away client', { greeting: '-ERR Server Unavailable. 21' }, 'greet', 'unavailable', /\+OK was/],
  [
    'IMAP on the port',
    { greeting: '* OK ready' },
    'greet',
    'unexpected-reply',
    /an IMAP server talks like that/,
  ],
  ['no number', { answers: { STAT: '+OK many' } }, 'open-mailbox', 'unexpected-reply', /"\+OK many"/],
])('%s is told in its phase, in the server’s words', async (_, talk, phase, code, text) => {
  const { result, logins, accepted } = await probe(talk);
  expect(result.failure).toMatchObject({ phase, code });
  expect(result.failure?.message).toMatch(text);
  expect({ logins, accepted }).toEqual({ logins: phase === 'greet' ? 0 : 1, accepted: 1 });
});

test.concurrent('XOAUTH2 at the end of a longer line is found', async () => {
  const { result } = await probe({ capa: ['UIDL', 'SASL PLAIN NTLM XOAUTH2'] });
  expect(result.outcome).toBe('pass');
});

test.concurrent('a challenge is decoded and answered by an empty line, and the verdict counts', async () => {
  const challenge = '{"status":"401"}';
  const verdict = '-ERR Authentication failure: unknown user name or bad password.';
  const { result, heard } = await probe({ challenge, verdict });
  expect(result.failure).toMatchObject({ phase: 'authenticate', code: 'denied' });
  expect(result.evidence.login).toMatchObject({ challenge, reply: verdict });
  expect(heard.slice(3)).toEqual(['']);
});

test.concurrent.each<[string, Pop3Talk]>([
  ['whole', { verdict: (credential) => `-ERR refused: ${credential}` }],
  ['raw', { verdict: `-ERR refused: Bearer ${TOKEN}` }],
  ['in a challenge', { challenge: `{"token":"${TOKEN}"}`, verdict: '-ERR refused' }],
])('a server that repeats the token, %s, leaves nothing of it in the result', async (_, talk) => {
  const { result } = await probe(talk);
  expect(result.failure).toMatchObject({ phase: 'authenticate', code: 'denied' });
  expect(JSON.stringify(result)).toContain('[secret]');
});

const silence = () => undefined;
const cut = (_: string, socket: Socket) => void socket.end();
const endless = (text: string) => (_: string, socket: Socket) => {
  flood(text)(socket);
  return undefined;
};
test.concurrent.each<[string, Pop3Talk, string]>([
  ['silence at CAPA', { answers: { CAPA: silence } }, 'greet timeout'],
  ['silence at AUTH', { answers: { AUTH: silence } }, 'authenticate timeout'],
  ['silence at the credential', { verdict: silence }, 'authenticate timeout'],
  ['silence at STAT', { answers: { STAT: silence } }, 'open-mailbox timeout'],
  ['an end at AUTH', { answers: { AUTH: cut } }, 'authenticate closed'],
  ['an end at the credential', { verdict: cut }, 'authenticate closed'],
  ['an end at STAT', { answers: { STAT: cut } }, 'open-mailbox closed'],
  [
    'a line without an end',
    { answers: { STAT: endless('x'.repeat(1_000)) } },
    'open-mailbox unexpected-reply',
  ],
  ['lines without an end', { answers: { CAPA: endless('+OK\r\n') } }, 'greet unexpected-reply'],
  ['continuations without an end', { verdict: endless('+ \r\n') }, 'authenticate unexpected-reply'],
])('%s: %s', async (_, talk, told) => {
  const { result } = await probe(talk, told.endsWith('timeout') ? 3_000 : 30_000);
  expect(`${result.failure?.phase} ${result.failure?.code}`).toBe(told);
});
