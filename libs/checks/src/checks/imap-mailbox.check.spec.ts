import type { Socket } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import type { ImapTalk } from '../testing/index.ts';
import { flood, startImapServer } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { phasesOf } from '../testing/probe-once.ts';
import { MAILBOX, signInOnce, TOKEN, tracesOfToken } from '../testing/sign-in-once.ts';
import { imapMailbox } from './imap-mailbox.check.ts';

vi.setConfig({ testTimeout: 60_000 });

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const probe = async (talk: ImapTalk = {}, deadlineMs = 30_000) => {
  const heard: string[] = [];
  const listener = await startImapServer({ tls }, { ...talk, onCommand: (line) => heard.push(line) });
  const result = await signInOnce(imapMailbox, listener, { trust: [bench.ca.certificate], deadlineMs });
  const logins = heard.filter((line) => /^\S+ (?:AUTHENTICATE|LOGIN) /i.test(line)).length;
  await vi.waitFor(() => expect(listener.open()).toBe(0), 20_000);
  await listener.stop();
  expect(tracesOfToken(result)).toEqual([]);
  return { result, heard, logins, accepted: listener.accepted() };
};

test.concurrent('a mailbox that opens passes, is opened read-only, and is left with LOGOUT', async () => {
  const { result, heard, logins } = await probe();
  expect(result.failure).toBeNull();
  expect(phasesOf(result)).toEqual(['connect', 'tls', 'greet', 'authenticate', 'open-mailbox']);
  const response = Buffer.from(`user=${MAILBOX}\x01auth=Bearer ${TOKEN}\x01\x01`).toString('base64');
  expect(heard).toContain(`3 AUTHENTICATE XOAUTH2 ${response}`);
  expect(logins).toBe(1);
  expect(heard.map((line) => line.split(' ')[1])).toEqual(
    expect.not.arrayContaining(['SELECT', 'LIST', 'LSUB', 'IDLE', 'COMPRESS', 'ENABLE']),
  );
  expect(heard.at(-1)).toMatch(/ LOGOUT$/);
  expect(result.evidence.login).toMatchObject({ user: MAILBOX, mechanism: 'XOAUTH2', challenge: null });
  expect(result.evidence.login?.credential).toMatch(/^\[548 characters, sha256 [0-9a-f]{8}\]$/);
  expect(result.evidence.mailbox).toMatchObject({ opened: true, messages: 3 });
  expect(result.evidence.dialogue?.lines).toContain(
    `C: 3 AUTHENTICATE XOAUTH2 ${result.evidence.login?.credential}`,
  );
});

test.concurrent('without SASL-IR the credential comes by itself, and is kept out all the same', async () => {
  const capability = 'IMAP4rev1 AUTH=XOAUTH2 NAMESPACE';
  const { result, logins } = await probe({ capability });
  expect(result.failure).toBeNull();
  expect(logins).toBe(1);
  expect(result.evidence.dialogue?.lines).toEqual(
    expect.arrayContaining(['S: + ', `C: ${result.evidence.login?.credential}`]),
  );
});

test.concurrent('the rest of an answer behind a literal is no answer by itself', async () => {
  const namespace = '* NAMESPACE (({0}\r\n "/")) NIL NIL\r\n<t> OK NAMESPACE completed.';
  const { result } = await probe({
    answers: { ID: '* ID ("name" {4}\r\nIMAP)\r\n<t> OK ID completed', NAMESPACE: namespace },
  });
  expect(result.failure).toBeNull();
});

test.concurrent('OAUTHBEARER is not used where it is offered too', async () => {
  const { heard } = await probe({ capability: 'IMAP4rev1 AUTH=OAUTHBEARER AUTH=XOAUTH2 SASL-IR NAMESPACE' });
  expect(heard.join('\n')).not.toContain('OAUTHBEARER');
});

const NOT_CONNECTED = '<t> BAD User is authenticated but not connected.';
const TAG = ' [SN2PR00CA0018.namprd00.prod.outlook.com 2024-07-11T11:46:49.042Z 08DCA18218166FB4]';
const BACKOFF = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
const EXPIRED = '* BYE Session invalidated - AccessTokenExpired';

test.concurrent.each<[string, ImapTalk, string, string, RegExp]>([
  ['B1', { verdict: '<t> NO AUTHENTICATE failed.' }, 'authenticate', 'denied', /AUTHENTICATE failed\."/],
  [
    'B1 with the server’s tag',
    { verdict: `<t> no authenticate failed.${TAG}` },
    'authenticate',
    'denied',
    /"3 no authenticate failed\. \[SN2PR/,
  ],
  [
    'B2',
    { answers: { NAMESPACE: NOT_CONNECTED } },
    'open-mailbox',
    'denied',
    /"\S+ BAD User is authenticated/,
  ],
  ['B2 at EXAMINE', { answers: { EXAMINE: NOT_CONNECTED } }, 'open-mailbox', 'denied', /to EXAMINE$/],
  [
    'B3',
    { answers: { NAMESPACE: `${NOT_CONNECTED}\r\n* BYE Connection closed. 14` } },
    'open-mailbox',
    'denied',
    /BAD User is authenticated but not connected\."/,
  ],
  [
    'B5 while it opens',
    { answers: { EXAMINE: EXPIRED } },
    'open-mailbox',
    'unavailable',
    /AccessTokenExpired"$/,
  ],
  ['B5 at the login', { verdict: EXPIRED }, 'authenticate', 'unavailable', /AccessTokenExpired"$/],
  [
    'B6',
    { answers: { EXAMINE: '<t> BAD Command received in Invalid state.' } },
    'open-mailbox',
    'denied',
    /Invalid state/,
  ],
  ['B7 as NO', { answers: { EXAMINE: `<t> NO ${BACKOFF}` } }, 'open-mailbox', 'throttled', /92415/],
  ['B7 as BAD', { verdict: `<t> BAD ${BACKOFF}` }, 'authenticate', 'throttled', /Suggested Backoff Time/],
  ['B8 at the login', { verdict: '<t> NO Server Unavailable. 15' }, 'authenticate', 'unavailable', /15"/],
  [
    'B8 while it opens',
    { answers: { NAMESPACE: '<t> NO Server Unavailable. 15' } },
    'open-mailbox',
    'unavailable',
    /"\S+ NO Server Unavailable\. 15" to NAMESPACE$/,
  ],
  ['B9', { verdict: '* BYE Connection is closed. 13' }, 'authenticate', 'unavailable', /closed\. 13"$/],
  ['B10', { verdict: '<t> BAD Command Argument Error. 11' }, 'authenticate', 'denied', /Error\. 11"/],
  ['B11', { verdict: '<t> BAD Command Error. 10' }, 'authenticate', 'denied', /Error\. 10"/],
  ['B12', { capability: 'IMAP4rev1 AUTH=PLAIN' }, 'greet', 'unexpected-reply', /does not offer AUTH=XOAUTH2/],
  [
    'B13',
    { greeting: 'HTTP/1.1 400 Bad Request' },
    'greet',
    'unexpected-reply',
    /a web server talks like that/,
  ],
  ['B14', { greeting: '+OK ready' }, 'greet', 'unexpected-reply', /a POP3 server talks like that/],
  ['a full server', { greeting: '* BYE Too many' }, 'greet', 'unavailable', /turns this client away/],
  ['PREAUTH', { greeting: '* PREAUTH hello' }, 'greet', 'unexpected-reply', /for one that is signed in/],
])('%s is told in its phase, in the server’s words', async (_, talk, phase, code, text) => {
  const { result, logins, accepted } = await probe(talk);
  expect(result.failure).toMatchObject({ phase, code });
  expect(result.failure?.message).toMatch(text);
  expect(result.failure?.message).toMatch(/^127\.0\.0\.1:\d+ /);
  const { login, mailbox } = result.evidence;
  const decided = { authenticate: login?.reply, 'open-mailbox': mailbox?.reply }[phase];
  expect(result.failure?.message).toContain(decided === undefined ? '' : `answered "${decided}"`);
  expect(result.outcome).toBe(code === 'throttled' ? 'throttled' : 'fail');
  expect({ logins, accepted }).toEqual({ logins: phase === 'greet' ? 0 : 1, accepted: 1 });
});

test.concurrent.each<[string, ImapTalk]>([
  ['authenticate', { verdict: '250 ok' }],
  ['authenticate', { verdict: '99 OK AUTHENTICATE completed.' }],
  ['open-mailbox', { answers: { NAMESPACE: 'blocked by policy' } }],
])('what answers no command does not pass for an answer: %s %o', async (phase, talk) => {
  const { result, logins } = await probe(talk);
  expect(result.failure).toMatchObject({ phase, code: 'unexpected-reply' });
  expect(result.evidence.unexpected?.line).toMatch(/^(?:250 ok|99 OK|blocked by policy)/);
  expect(logins).toBe(1);
});

test.concurrent('a challenge is decoded and answered by an empty line, and the verdict counts', async () => {
  const challenge = '{"status":"401","schemes":"bearer","scope":"https://outlook.office.com/"}';
  const { result, heard, logins } = await probe({ challenge, verdict: '<t> NO AUTHENTICATE failed.' });
  expect(result.failure).toMatchObject({ phase: 'authenticate', code: 'denied' });
  expect(result.evidence.login).toMatchObject({ challenge, reply: '3 NO AUTHENTICATE failed.' });
  expect(heard).toContain('');
  expect(logins).toBe(1);
});

test.concurrent.each<[string, ImapTalk]>([
  ['whole', { verdict: (credential) => `3 NO refused: ${credential}` }],
  ['raw', { verdict: `<t> NO refused: Bearer ${TOKEN}` }],
  ['as base64 of its own', { verdict: `<t> NO refused: ${Buffer.from(TOKEN).toString('base64')}` }],
  ['in lines of 60', { verdict: `* OK ${TOKEN.replace(/.{60}/g, '$&\r\n* OK ')}\r\n<t> NO refused` }],
  ['in a challenge', { challenge: `{"token":"${TOKEN}"}`, verdict: '<t> NO refused' }],
])('a server that repeats the token, %s, leaves nothing of it in the result', async (_, talk) => {
  const { result } = await probe(talk);
  expect(result.failure).toMatchObject({ phase: 'authenticate', code: 'denied' });
  expect(JSON.stringify(result)).toContain('[secret]');
});

const silence = () => undefined;
const cut = (_: string, socket: Socket) => void socket.end();
test.concurrent.each<[string, ImapTalk, string]>([
  ['CAPABILITY', { answers: { CAPABILITY: silence } }, 'greet timeout'],
  ['CAPABILITY', { answers: { CAPABILITY: cut } }, 'greet closed'],
  ['AUTHENTICATE', { verdict: silence }, 'authenticate timeout'],
  ['AUTHENTICATE', { verdict: cut }, 'authenticate closed'],
  ['NAMESPACE', { answers: { NAMESPACE: silence } }, 'open-mailbox timeout'],
  ['EXAMINE', { answers: { EXAMINE: cut } }, 'open-mailbox closed'],
])('at %s: %s', async (_, talk, told) => {
  const { result, logins } = await probe(talk, told.endsWith('timeout') ? 3_000 : 30_000);
  expect(`${result.failure?.phase} ${result.failure?.code}`).toBe(told);
  expect(logins).toBe(told.startsWith('greet') ? 0 : 1);
  expect(result.evidence.dialogue?.lines.length).toBeGreaterThan(1);
});

const endless = (text: string) => (_: string, socket: Socket) => {
  flood(text)(socket);
  return undefined;
};
test.concurrent.each<[string, ImapTalk['answers']]>([
  ['a line without an end', { EXAMINE: endless('x'.repeat(1_000)) }],
  ['lines without an end', { EXAMINE: endless('* OK x\r\n'.repeat(200)) }],
  ['a literal of 10 MB', { EXAMINE: endless(`* 1 FETCH (BODY[] {10485760}\r\n${'x'.repeat(4_000)}`) }],
])('%s is cut off', async (_, answers) => {
  const { result } = await probe({ answers: answers ?? {} });
  expect(result.failure).toMatchObject({ phase: 'open-mailbox', code: 'unexpected-reply' });
  expect(JSON.stringify(result.evidence.dialogue).length).toBeLessThan(20_000);
});
