import type { Socket } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import type { SmtpTalk } from '../testing/index.ts';
import { flood, startSmtpServer } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { phasesOf } from '../testing/probe-once.ts';
import { MAILBOX, signInOnce, TOKEN, tracesOfToken } from '../testing/sign-in-once.ts';
import { smtpLogin } from './smtp-login.check.ts';

vi.setConfig({ testTimeout: 60_000 });

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const probe = async (talk: SmtpTalk = {}, deadlineMs = 30_000) => {
  const heard: string[] = [];
  const listener = await startSmtpServer({ tls }, { ...talk, onCommand: (line) => heard.push(line) });
  const result = await signInOnce(smtpLogin, listener, { trust: [bench.ca.certificate], deadlineMs });
  await vi.waitFor(() => expect(listener.open()).toBe(0), 20_000);
  await listener.stop();
  expect(tracesOfToken(result)).toEqual([]);
  return { result, heard, logins: heard.filter((line) => /^AUTH\b/i.test(line)).length };
};

test.concurrent('a mailbox that may send passes, and no mail is sent', async () => {
  const { result, heard } = await probe();
  expect(result.failure).toBeNull();
  const phases = ['connect', 'greet', 'starttls', 'tls', 'greet', 'authenticate', 'send'];
  expect(phasesOf(result)).toEqual(phases);
  const response = Buffer.from(`user=${MAILBOX}\x01auth=Bearer ${TOKEN}\x01\x01`).toString('base64');
  expect(heard).toEqual([
    'EHLO [127.0.0.1]',
    'STARTTLS',
    'EHLO [127.0.0.1]',
    `AUTH XOAUTH2 ${response}`,
    `MAIL FROM:<${MAILBOX}>`,
    'RSET',
    'QUIT',
  ]);
  expect(result.evidence.submission).toEqual({ from: MAILBOX, mailFrom: '250 2.1.0 Sender OK' });
  const reply = '235 2.7.0 Authentication successful';
  expect(result.evidence.login).toMatchObject({
    user: MAILBOX,
    mechanism: 'XOAUTH2',
    reply,
    challenge: null,
  });
  expect(result.evidence.dialogue?.lines).toContain(`C: AUTH XOAUTH2 ${result.evidence.login?.credential}`);
  expect(result.evidence.smtp?.ehloAfterTls).toContain('AUTH LOGIN XOAUTH2');
});

test.concurrent('a greeting of several lines is one greeting', async () => {
  const { result } = await probe({ greeting: '220-TEST.outlook.office365.com\r\n220 ready' });
  expect(result.failure).toBeNull();
});

test.concurrent('what becomes of the connection once the sender was taken fails nothing', async () => {
  const hangUp = (_: string, socket: Socket) => {
    socket.write('250 2.1.0 Sender OK\r\n', () => socket.end());
    return undefined;
  };
  const { result } = await probe({ answers: { 'MAIL FROM': hangUp } });
  expect([result.outcome, result.failure]).toEqual(['pass', null]);
});

const DISABLED =
  '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]';
const mailFrom = (answer: string): SmtpTalk => ({ answers: { 'MAIL FROM': answer } });
const verdict = (text: string): SmtpTalk => ({ verdict: text });

test.concurrent.each<[string, SmtpTalk, string, string]>([
  [
    'D1',
    verdict('535 5.7.3 Authentication unsuccessful [LO2P265CA0001]'),
    'authenticate denied',
    '535 5.7.3',
  ],
  ['D2', verdict(DISABLED), 'authenticate denied', DISABLED],
  ['D3', verdict(DISABLED.replace('Tenant', 'Mailbox')), 'authenticate denied', 'for the Mailbox'],
  ['D4', verdict('535 5.7.139 …, basic authentication is disabled.'), 'authenticate denied', 'basic'],
  ['D5', verdict('535 5.7.139 …, the user credentials were incorrect.'), 'authenticate denied', 'incorrect'],
  [
    'D6',
    verdict('535-5.7.139 the request did\r\n535 5.7.139 not meet'),
    'authenticate denied',
    '535 5.7.139 not',
  ],
  ['D7', verdict('535 5.7.139 … user is locked by …'), 'authenticate denied', 'user is locked by'],
  ['D8', verdict('535 5.7.139 … federated STS service was unreachable.'), 'authenticate denied', 'STS'],
  ['D9', mailFrom('530 5.7.57 Client not authenticated to send mail.'), 'send denied', '530 5.7.57'],
  ['D10', verdict('504 5.7.4 Unrecognized authentication type'), 'authenticate denied', '504 5.7.4'],
  ['D14', mailFrom('550 5.7.60 SMTP; Client does not have permissions'), 'send denied', '550 5.7.60 SMTP;'],
  ['D16', mailFrom('432 4.3.2 Concurrent connections limit exceeded.'), 'send throttled', '432 4.3.2'],
  ['D16 at the login', verdict('432 4.3.2 STOREDRV.ClientSubmit; sender'), 'authenticate throttled', '432'],
  // RFC 4954, section 6: of the account, and no request to slow down.
  [
    'a password transition',
    verdict('432 4.7.12 A password transition is needed'),
    'authenticate unavailable',
    '432',
  ],
  ['D20', mailFrom('550 5.1.8 Access denied, bad outbound sender'), 'send denied', '550 5.1.8'],
  ['D23', verdict('451 4.7.0 Temporary server error. PRX2'), 'authenticate unavailable', '451 4.7.0'],
  ['D24', verdict('421 4.7.0 Access denied, please try again'), 'authenticate throttled', '421 4.7.0'],
  ['D25', mailFrom('421 4.3.2 Service not active'), 'send unavailable', '421 4.3.2'],
  ['D33', verdict('454 4.7.0 Temporary authentication failure'), 'authenticate unavailable', '454 4.7.0'],
  ['no AUTH', { ehloAfterTls: ['x', 'SIZE'] }, 'greet unexpected-reply', 'offers no AUTH after TLS'],
  ['another AUTH', { ehloAfterTls: ['x', 'AUTH LOGIN'] }, 'greet unexpected-reply', 'without XOAUTH2'],
  ['D30', { ehlo: ['x', 'SIZE'] }, 'greet unexpected-reply', 'does not offer STARTTLS'],
  ['no SMTP', verdict('hello'), 'authenticate unexpected-reply', '"hello" where an SMTP reply'],
])('%s is told in its phase, in the server’s words', async (_, talk, told, text) => {
  const { result, logins, heard } = await probe(talk);
  const { phase, code, message } = result.failure ?? {};
  const phased = `${phase} ${code}`;
  // Whether STARTTLS is offered is asked for in its own phase.
  expect(phased).toBe(text.includes('STARTTLS') ? told.replace('greet', 'starttls') : told);
  expect(message).toContain(text);
  expect(logins).toBe(/^(?:authenticate|send)/.test(phased) ? 1 : 0);
  expect(heard).not.toContain('DATA');
});

test.concurrent(
  'a challenge is decoded and answered by one empty line, and AUTH is not sent again',
  async () => {
    const challenge = '{"status":"401","schemes":"Bearer"}';
    const { result, heard, logins } = await probe({
      challenge,
      verdict: '535 5.7.3 Authentication unsuccessful',
    });
    expect(result.failure).toMatchObject({ phase: 'authenticate', code: 'denied' });
    expect(result.evidence.login).toMatchObject({
      challenge,
      reply: '535 5.7.3 Authentication unsuccessful',
    });
    expect(heard.slice(4)).toEqual(['']);
    expect(logins).toBe(1);
  },
);

test.concurrent.each<[string, SmtpTalk]>([
  ['whole', { verdict: (credential) => `535 5.7.3 refused: ${credential}` }],
  ['raw', { verdict: `535 5.7.3 refused: Bearer ${TOKEN}` }],
  ['in lines', { verdict: `535-${TOKEN.replace(/.{50}/g, '$&\r\n535-')}\r\n535 5.7.3 refused` }],
  ['in a challenge', { challenge: `{"token":"${TOKEN}"}`, verdict: '535 5.7.3 refused' }],
])('a server that repeats the token, %s, leaves nothing of it in the result', async (_, talk) => {
  const { result } = await probe(talk);
  expect(result.failure).toMatchObject({ phase: 'authenticate', code: 'denied' });
  expect(JSON.stringify(result)).toContain('[secret]');
});

const silence = () => undefined;

test.concurrent.each([
  ['refused', '502 5.5.1 Command not implemented'],
  ['never answered', silence],
])('a RSET that is %s fails nothing', async (_, answer) => {
  const { result } = await probe({ answers: { RSET: answer } });
  expect([result.outcome, result.failure]).toEqual(['pass', null]);
});

const cut = (_: string, socket: Socket) => void socket.end();
const endless = (text: string) => (_: string, socket: Socket) => {
  flood(text)(socket);
  return undefined;
};
test.concurrent.each<[string, SmtpTalk, string]>([
  ['silence at EHLO', { answers: { EHLO: silence } }, 'greet timeout'],
  ['silence at AUTH', { verdict: silence }, 'authenticate timeout'],
  ['silence at MAIL FROM', { answers: { 'MAIL FROM': silence } }, 'send timeout'],
  ['an end at EHLO', { answers: { EHLO: cut } }, 'greet closed'],
  ['an end at AUTH', { verdict: cut }, 'authenticate closed'],
  ['an end at MAIL FROM', { answers: { 'MAIL FROM': cut } }, 'send closed'],
  ['a line without an end', { verdict: endless('x'.repeat(1_000)) }, 'authenticate unexpected-reply'],
  ['lines without an end', { verdict: endless('235-x\r\n') }, 'authenticate unexpected-reply'],
])('%s: %s', async (_, talk, told) => {
  const { result } = await probe(talk, told.endsWith('timeout') ? 3_000 : 30_000);
  expect(`${result.failure?.phase} ${result.failure?.code}`).toBe(told);
});
