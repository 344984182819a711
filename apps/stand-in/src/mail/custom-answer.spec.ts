import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../faults.ts';
import type { Step } from './answer.ts';
import type { MailProtocol } from './mail-world.ts';
import { type MailServers, startMailServers } from './testing/mail-servers.ts';
import { imapClient, imapSignIn, pop3Client, pop3SignIn, securedSmtpClient } from './testing/signed-in.ts';
import { walkTo } from './testing/walks.ts';

let servers: MailServers;
beforeEach(async () => {
  servers = await startMailServers();
});
afterEach(async () => {
  await servers.stop();
});

const switchOn = (...faults: Fault[]): void => servers.world.faults.set('127.0.0.1', faults);
const answered = (service: MailProtocol, step: string, line: string, more: Partial<Fault> = {}): Fault => ({
  id: 'mail-answer',
  service,
  mail: { step, lines: [line] },
  ...more,
});

const STEPS: readonly [MailProtocol, Step, string][] = [
  ['imap', 'greeting', '* BYE [UNAVAILABLE] try elsewhere'],
  ['imap', 'capability', 'a1 NO [ALERT] not now'],
  ['imap', 'login', 'a1 NO [AUTHORIZATIONFAILED] no such right'],
  ['imap', 'mailbox', 'a1 NO [INUSE] held by another'],
  ['pop3', 'greeting', '-ERR [SYS/TEMP] later'],
  ['pop3', 'auth', '-ERR [AUTH] never'],
  ['pop3', 'login', '-ERR [IN-USE] another session'],
  ['smtp', 'greeting', '554 5.3.2 not here'],
  ['smtp', 'hello', '550 5.7.1 who are you'],
  ['smtp', 'starttls', '454 4.7.0 TLS not available'],
  ['smtp', 'login', '535 5.7.999 自動応答'],
  ['smtp', 'sender', '550 5.1.7 bad sender'],
  ['smtp', 'recipient', '452 4.5.3 too many'],
  ['smtp', 'message', '554 5.6.0 content'],
];

describe('an answer in words of its own', () => {
  it.each(STEPS)('is said over %s at the step %s', async (protocol, step, line) => {
    const walked = walkTo(protocol, step, servers);
    const { client, step: take } = step === 'greeting' ? { client: null, step: null } : await walked;
    switchOn(answered(protocol, step, line));
    const said = take ? await take() : await (await walkTo(protocol, step, servers)).step();
    expect(Buffer.from(said, 'latin1').toString('utf8')).toBe(line);
    client?.vanish();
    (await walked).client.vanish();
  });

  it.each(['SELECT', 'APPEND', 'SEARCH', 'NAMESPACE'])('is said to the IMAP command %s', async (command) => {
    const client = await imapClient(servers);
    await imapSignIn(servers, client);
    await client.ask('a2 SELECT INBOX');
    await client.until(/^a2 /);
    switchOn(answered('imap', command, '<t> NO [OVERQUOTA] in words of its own'));
    expect(await client.ask(`a3 ${command} INBOX`)).toBe('a3 NO [OVERQUOTA] in words of its own');
    client.vanish();
  });

  it.each(['STAT', 'RETR', 'CAPA', 'QUIT'])('is said to the POP3 command %s', async (command) => {
    const client = await pop3Client(servers);
    await pop3SignIn(servers, client);
    switchOn(answered('pop3', command, '-ERR [SYS/PERM] gone'));
    expect(await client.ask(`${command} 1`)).toBe('-ERR [SYS/PERM] gone');
    client.vanish();
  });

  it.each(['RSET', 'QUIT', 'NOOP', 'EHLO'])('is said to the SMTP command %s', async (command) => {
    const client = await securedSmtpClient(servers);
    switchOn(answered('smtp', command, '421 4.4.99 later'));
    expect(await client.ask(`${command} me.example`)).toBe('421 4.4.99 later');
    client.vanish();
  });

  it('is met by so many connections and then by none, whatever each of them asks', async () => {
    switchOn(answered('imap', 'CAPABILITY', '<t> NO once', { times: 2 }));
    const heard: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const client = await imapClient(servers);
      heard.push(await client.ask('a1 CAPABILITY'));
      if (round < 2) heard.push(await client.ask('a2 CAPABILITY'));
      client.vanish();
    }
    expect(heard).toEqual([
      'a1 NO once',
      'a2 NO once',
      'a1 NO once',
      'a2 NO once',
      expect.stringMatching(/^\* CAPABILITY/),
      expect.stringMatching(/^\* CAPABILITY/),
    ]);
  });

  it('may end the connection, and may be silence', async () => {
    switchOn({
      id: 'mail-answer',
      service: 'imap',
      mail: { step: 'CAPABILITY', lines: ['* BYE now', '<t> NO bye'], connection: 'ends' },
    });
    const client = await imapClient(servers);
    expect([await client.ask('a1 CAPABILITY'), await client.line(), await client.line()]).toEqual([
      '* BYE now',
      'a1 NO bye',
      '<end>',
    ]);
    switchOn({
      id: 'mail-answer',
      service: 'imap',
      mail: { step: 'CAPABILITY', lines: [], connection: 'resets' },
    });
    const cut = await imapClient(servers);
    expect(await cut.ask('a1 CAPABILITY')).toMatch(/^<(?:end|ECONNRESET)>$/);
  });

  it('is for the user or mailbox it names, and for no other service', async () => {
    switchOn(answered('imap', 'login', '<t> NO not you', { name: 'support@contoso.example' }));
    const client = await imapClient(servers);
    expect(await imapSignIn(servers, client)).toBe('a1 OK AUTHENTICATE completed.');
    client.vanish();
    const other = await imapClient(servers);
    expect(await imapSignIn(servers, other, 'Support@contoso.example')).toBe('a1 NO not you');
    other.vanish();
    switchOn(answered('smtp', 'login', '535 no'));
    const pop3 = await pop3Client(servers);
    expect(await pop3SignIn(servers, pop3)).toMatch(/^\+OK/);
    pop3.vanish();
  });
});
