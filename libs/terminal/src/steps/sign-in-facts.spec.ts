import type { CheckResult, Evidence, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { factsOf } from './step-facts.ts';

type Seen = Partial<Evidence>;

/** What a step of a result with this evidence tells. */
const told = (phase: Phase, evidence: Seen, language: 'en' | 'ja' = 'en'): string[] =>
  factsOf({ evidence } as CheckResult, phase, language).map(({ text }) => text);

const KEPT: readonly (readonly [Phase, Seen, readonly string[]])[] = [
  [
    'authenticate',
    {
      login: {
        user: 'a@b.example',
        mechanism: 'XOAUTH2',
        credential: '1800 characters, sha256 ab12',
        reply: 'NO',
      },
    },
    ['C: XOAUTH2 user=a@b.example [1800 characters, sha256 ab12]', 'S: NO'],
  ],
  [
    'authenticate',
    { login: { mechanism: 'XOAUTH2', challenge: '{"status":"401"}', reply: '535 5.7.3 No' } },
    ['C: XOAUTH2', 'S: {"status":"401"}', 'S: 535 5.7.3 No'],
  ],
  ['open-mailbox', { mailbox: { opened: false, reply: 'BAD not connected' } }, ['S: BAD not connected']],
  [
    'send',
    { submission: { from: 'a@b.example', mailFrom: '250 OK', rcptTo: '550 5.7.64 No', data: null } },
    ['C: MAIL FROM:<a@b.example>', 'S: 250 OK', 'C: RCPT TO', 'S: 550 5.7.64 No'],
  ],
  [
    'send',
    { submission: { from: 'a@b.example', mailFrom: '530 5.7.57 No' } },
    ['C: MAIL FROM:<a@b.example>', 'S: 530 5.7.57 No'],
  ],
];

describe('the steps of a sign-in, of a check that kept no dialogue', () => {
  it.each(KEPT)('%s tells what was said by both ends', (phase, evidence, lines) => {
    expect(told(phase, evidence)).toEqual(lines);
  });

  it.each(KEPT)('%s is not told twice where the dialogue was kept', (phase, evidence) => {
    expect(told(phase, { ...evidence, dialogue: { lines: ['S: * OK'] } } as Seen)).toEqual([]);
  });

  it('says nothing of what was not seen', () => {
    for (const phase of ['authenticate', 'open-mailbox', 'send', 'receive', 'token'] as const)
      expect(told(phase, {})).toEqual([]);
  });
});

describe('what no line of a dialogue says', () => {
  it('is told beside it: how much a mailbox holds, and how long a message took', () => {
    const dialogue = { lines: ['S: * OK'] };
    expect(told('open-mailbox', { dialogue, mailbox: { messages: 3, octets: 900 } })).toEqual([
      '3 messages, 900 bytes',
    ]);
    const roundTrip = {
      messageId: '<m@x>',
      via: 'imap',
      sentMs: 900.4,
      foundMs: 2000,
      removed: false,
    } as const;
    expect(told('receive', { dialogue, roundTrip })).toEqual([
      '<m@x> imap',
      'sent after 900 ms',
      'found after 2000 ms',
      'the message was left behind',
    ]);
    expect(told('receive', { roundTrip }, 'ja')).toContain('メッセージは残っています');
  });

  it('is the answer of Entra ID with its ids, and whom the token names', () => {
    const claims = {
      user: null,
      userFrom: null,
      opaque: false,
      aud: 'https://outlook.office365.com',
      scp: null,
      roles: ['IMAP.AccessAsApp'],
      tid: 't-1',
      appid: 'a-1',
      oid: 'o-1',
      iss: null,
      ver: null,
      idtyp: 'app',
      idp: null,
      amr: [],
      appidacr: null,
      iat: null,
      nbf: null,
      exp: null,
    };
    const token = {
      grant: 'client_credentials',
      status: 400,
      error: 'invalid_client',
      description: 'AADSTS7000215',
      correlationId: 'c-1',
    };
    expect(told('token', { token, claims })).toEqual([
      'C: grant_type=client_credentials',
      'S: HTTP 400',
      'S: invalid_client',
      'S: AADSTS7000215',
      'ids of the request c-1',
      'aud=https://outlook.office365.com',
      'tid=t-1',
      'appid=a-1',
      'oid=o-1',
      'idtyp=app',
      'roles=IMAP.AccessAsApp',
    ]);
  });

  it('is what the authorize endpoint said of a redirect URI, and the round trip of a connection', () => {
    expect(
      told('http', {
        redirect: {
          redirectUri: 'https://ece.example/cb',
          status: 302,
          error: null,
          description: 'AADSTS50011',
        },
      }),
    ).toEqual(['S: HTTP 302', 'redirect URI https://ece.example/cb', 'S: AADSTS50011']);
    expect(
      told('connect', {
        connect: { attempts: [], used: null, roundTrip: { count: 5, medianMs: 31.6, spreadMs: 4 } },
      }),
    ).toEqual(['round trip 32 ms (± 4 ms, 5×)']);
  });
});

const GREETED = { greeting: '220 ready' };
/** A check that keeps no dialogue, by how far it came: the step, whether it is walked again, and what is told of it. */
const IN_THE_OPEN: readonly (readonly [string, Phase, boolean, Seen, readonly string[]])[] = [
  ['no word', 'greet', false, {}, []],
  ['another greeting', 'greet', false, { unexpected: { line: 'SSH-2.0' } }, ['S: SSH-2.0']],
  [
    'a refusal of EHLO',
    'greet',
    false,
    { smtp: GREETED, unexpected: { line: '502 No' } },
    ['S: 220 ready', 'C: EHLO', 'S: 502 No'],
  ],
  ['silence after EHLO', 'greet', false, { smtp: GREETED }, ['S: 220 ready', 'C: EHLO']],
  [
    'a refusal of STARTTLS',
    'greet',
    false,
    { smtp: { ...GREETED, ehlo: ['STARTTLS'] }, unexpected: { line: '454 Later' } },
    ['S: 220 ready', 'C: EHLO', 'S: STARTTLS'],
  ],
  [
    'a refusal of STARTTLS',
    'starttls',
    false,
    { smtp: { ...GREETED, ehlo: ['SIZE', 'starttls'] }, unexpected: { line: '454 Later' } },
    ['C: STARTTLS', 'S: 454 Later'],
  ],
  [
    'silence after STARTTLS',
    'starttls',
    false,
    { smtp: { ...GREETED, ehlo: ['STARTTLS'] } },
    ['C: STARTTLS'],
  ],
  ['no offer of STARTTLS', 'starttls', false, { smtp: { ...GREETED, ehlo: ['SIZE'] } }, []],
  ['no EHLO', 'starttls', false, { smtp: GREETED }, []],
  [
    'a refusal behind TLS',
    'greet',
    true,
    { smtp: { ...GREETED, ehlo: ['STARTTLS'], startTls: '220 go' }, unexpected: { line: '421 No' } },
    ['C: EHLO', 'S: 421 No'],
  ],
  ['nothing of SMTP', 'greet', true, {}, []],
  [
    'the whole of IMAP',
    'greet',
    false,
    { imap: { greeting: '* OK', capability: ['IMAP4rev1'] } },
    ['S: * OK', 'C: CAPABILITY', 'S: IMAP4rev1'],
  ],
  [
    'a refusal by IMAP',
    'greet',
    false,
    { imap: { greeting: '* OK' }, unexpected: { line: 'a1 BAD' } },
    ['S: * OK', 'C: CAPABILITY', 'S: a1 BAD'],
  ],
  [
    'the whole of POP3',
    'greet',
    false,
    { pop3: { greeting: '+OK', capa: ['STLS'] } },
    ['S: +OK', 'C: CAPA', 'S: STLS'],
  ],
];

describe('the steps before a sign-in, of a check that kept no dialogue', () => {
  it.each(IN_THE_OPEN)(
    '%s is told with what was asked: %s (again: %s)',
    (_, phase, again, evidence, lines) => {
      const facts = factsOf({ evidence } as CheckResult, phase, 'en', again);
      expect(facts.map(({ text }) => text)).toEqual(lines);
    },
  );
});
