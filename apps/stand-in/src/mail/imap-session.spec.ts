import { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LineClient } from './testing/line-client.ts';
import { ROUND_TRIP } from './testing/round-trip.ts';
import {
  ADA,
  startMailServers,
  SUPPORT,
  tokenOf,
  xoauth2,
  type MailServers,
} from './testing/mail-servers.ts';

let servers: MailServers;
beforeEach(async () => {
  servers = await startMailServers();
});
afterEach(() => servers.stop());

async function connect(): Promise<LineClient> {
  const client = await LineClient.secure(servers.at.imap.port, servers.ca);
  expect(await client.line()).toMatch(/^\* OK The Microsoft Exchange IMAP4 service is ready\. \[[\w+/=]+\]$/);
  return client;
}

async function signedIn(user = ADA, token?: string): Promise<LineClient> {
  const client = await connect();
  const response = xoauth2(user, token ?? (await tokenOf(servers)));
  expect(await client.ask(`a1 AUTHENTICATE XOAUTH2 ${response}`)).toBe('a1 OK AUTHENTICATE completed.');
  return client;
}

const deliver = (raw = ROUND_TRIP) => servers.world.store.deliver(ADA, Buffer.from(raw, 'latin1'));

describe('imapSession with imapflow', () => {
  it('lets it sign in, find a message by its Message-ID, read and delete it', async () => {
    deliver(ROUND_TRIP.replace('one@', 'zero@'));
    deliver();
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: servers.at.imap.port,
      secure: true,
      servername: 'localhost',
      tls: { ca: servers.ca },
      auth: { user: ADA, accessToken: await tokenOf(servers) },
      logger: false,
    });
    await client.connect();
    const lock = await client.getMailboxLock('INBOX');
    expect(client.mailbox).toMatchObject({ path: 'INBOX', exists: 2 });
    const found = await client.search({ header: { 'message-id': '<one@mailpath.example>' } }, { uid: true });
    expect(found).toEqual([2]);
    const message = await client.fetchOne('2', { envelope: true, source: true, flags: true }, { uid: true });
    expect(message).toMatchObject({
      uid: 2,
      envelope: {
        subject: 'Round trip',
        messageId: '<one@mailpath.example>',
        from: [{ name: 'Ada, of Contoso', address: ADA }],
      },
    });
    expect(message && message.source?.toString('latin1')).toBe(ROUND_TRIP);
    expect(await client.messageDelete('2', { uid: true })).toBe(true);
    lock.release();
    expect(servers.world.store.list(ADA).map(({ uid }) => uid)).toEqual([1]);
    expect((await client.list()).map(({ path, specialUse }) => [path, specialUse])).toContainEqual([
      'Sent Items',
      '\\Sent',
    ]);
    expect(await client.status('INBOX', { messages: true })).toMatchObject({ messages: 1 });
    await client.logout();
  });

  it('tells it that the mailbox does not open', async () => {
    servers.world.directory.user(ADA)!.imapEnabled = false;
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: servers.at.imap.port,
      secure: true,
      servername: 'localhost',
      tls: { ca: servers.ca },
      auth: { user: ADA, accessToken: await tokenOf(servers) },
      logger: false,
    });
    await expect(client.connect()).rejects.toMatchObject({
      response: expect.stringContaining('User is authenticated but not connected.'),
    });
    client.close();
  });
});

describe('signing in over IMAP', () => {
  it('offers XOAUTH2 before the login and MOVE after it', async () => {
    const client = await connect();
    expect(await client.ask('a0 capability')).toBe(
      '* CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+',
    );
    expect(await client.line()).toBe('a0 OK CAPABILITY completed.');
    const response = xoauth2(ADA, await tokenOf(servers));
    expect(await client.ask('a1 AUTHENTICATE XOAUTH2')).toBe('+ ');
    expect(await client.ask(response)).toBe('a1 OK AUTHENTICATE completed.');
    expect(await client.ask('a2 CAPABILITY')).toContain(' MOVE ');
  });

  it('lets a client change its mind', async () => {
    const client = await connect();
    await client.ask('a1 AUTHENTICATE XOAUTH2');
    expect(await client.ask('*')).toMatch(/^a1 BAD /);
    expect(await client.ask('a2 NOOP')).toBe('a2 OK NOOP completed.');
  });

  it.each([
    ['another audience', {}, { audience: 'https://graph.microsoft.com' }],
    ['a token that ran out', {}, { lifetimeSeconds: -30 }],
    ['another tenant', { tenantId: '00000000-0000-4000-8000-000000000009' }, {}],
    ['no IMAP permission', { scopes: ['SMTP.Send'] }, {}],
    ['an unknown user', { userName: 'bob@contoso.example' }, {}],
    ['an application without the role', { userName: null, scopes: [], roles: ['SMTP.SendAsApp'] }, {}],
  ])('refuses %s and gives no reason (imap-token-refused)', async (_, subject, options) => {
    const client = await connect();
    const response = xoauth2(ADA, await tokenOf(servers, subject, options));
    expect(await client.ask(`a1 AUTHENTICATE XOAUTH2 ${response}`)).toBe('a1 NO AUTHENTICATE failed.');
    expect(await client.ask('a2 SELECT INBOX')).toBe('a2 BAD Command received in Invalid state.');
  });

  it.each([
    ['spaces', (token: string) => `user=${ADA} \x01 auth=Bearer ${token}\x01\x01`],
    ['one end', (token: string) => `user=${ADA}\x01auth=Bearer ${token}\x01`],
    ['another scheme', (token: string) => `user=${ADA}\x01auth=Basic ${token}\x01\x01`],
  ])('refuses an XOAUTH2 string with %s', async (_, write) => {
    const client = await connect();
    const response = Buffer.from(write(await tokenOf(servers))).toString('base64');
    expect(await client.ask(`a1 AUTHENTICATE XOAUTH2 ${response}`)).toBe('a1 NO AUTHENTICATE failed.');
  });

  it('refuses passwords (imap-password-refused)', async () => {
    const client = await connect();
    expect(await client.ask('a1 LOGIN ada@contoso.example "pass word"')).toBe('a1 NO LOGIN failed.');
    expect(await client.ask('a2 AUTHENTICATE PLAIN AGFkYQBwdw==')).toBe('a2 NO AUTHENTICATE failed.');
  });

  it.each([
    ['IMAP is off for the user', () => (servers.world.directory.user(ADA)!.imapEnabled = false)],
    ['there is no licence', () => (servers.world.directory.mailbox(ADA)!.licensed = false)],
    ['there is no mailbox', () => servers.world.directory.mailboxes.clear()],
  ])(
    'accepts the token and does not open the mailbox when %s (imap-authenticated-not-connected)',
    async (_, change) => {
      change();
      const client = await signedIn();
      for (const command of [
        'NAMESPACE',
        'LIST "" "*"',
        'SELECT INBOX',
        'EXAMINE INBOX',
        'STATUS INBOX (ROUND_TRIPS)',
      ]) {
        expect(await client.ask(`a2 ${command}`)).toBe('a2 BAD User is authenticated but not connected.');
      }
    },
  );

  it('opens a shared mailbox with full access only, for users and applications', async () => {
    const application = { userName: null, scopes: [], roles: ['IMAP.AccessAsApp'] };
    for (const subject of [{}, application]) {
      const client = await signedIn(SUPPORT, await tokenOf(servers, subject));
      client.send('a2 EXAMINE INBOX');
      expect((await client.until(/^a2 /)).at(-1)).toBe('a2 OK [READ-ONLY] EXAMINE completed.');
    }
    servers.world.directory.mailbox(SUPPORT)!.fullAccess = [];
    const client = await signedIn(SUPPORT, await tokenOf(servers, application));
    expect(await client.ask('a2 EXAMINE INBOX')).toBe('a2 BAD User is authenticated but not connected.');
  });

  it('ends a session whose token ran out (imap-session-token-expired)', async () => {
    const client = await signedIn();
    expect(await client.ask('a2 NOOP')).toBe('a2 OK NOOP completed.');
    servers.advance(2 * 3600);
    expect(await client.ask('a3 NOOP')).toBe('* BYE Session invalidated - AccessTokenExpired');
    expect(await client.line()).toBe('<end>');
  });
});

describe('bad commands over IMAP', () => {
  it.each([
    ['FETCH 1 FLAGS', 'a2 BAD Command received in Invalid state.'],
    ['AUTHENTICATE XOAUTH2 AAAA', 'a2 BAD Command received in Invalid state.'],
    ['STATUS INBOX (COLOUR)', 'a2 BAD Command Argument Error. 11'],
    ['SELECT', 'a2 BAD Command Argument Error. 12'],
    ['SELECT Nowhere', "a2 NO [NONEXISTENT] Mailbox doesn't exist."],
    ['LIST ("" "*"', 'a2 BAD Command Error. 10'],
    ['DANCE', 'a2 BAD Command Error. 10'],
    [`SELECT ${'x'.repeat(20_000)}`, 'a2 BAD Command Error. 10'],
    ['SELECT {99999}', 'a2 BAD Command Error. 10'],
  ])('answers them as Exchange Online does and goes on (%#)', async (command, expected) => {
    const client = await signedIn();
    expect(await client.ask(`a2 ${command}`)).toBe(expected);
    expect(await client.ask('a3 NOOP')).toBe('a3 OK NOOP completed.');
  });

  it('ends with a client that vanishes, that never ends a line, or that logs out', async () => {
    const vanishing = await signedIn();
    await vanishing.ask('a2 IDLE');
    vanishing.vanish();
    const flooding = await connect();
    flooding.send(...Array.from({ length: 3 }, () => 'x'.repeat(1024 * 1024)));
    const leaving = await signedIn();
    leaving.send('a2 LOGOUT');
    expect(await leaving.until(/^a2 /)).toEqual([
      '* BYE Microsoft Exchange Server IMAP4 server signing off.',
      'a2 OK LOGOUT completed.',
    ]);
    expect(await leaving.line()).toBe('<end>');
    flooding.vanish();
    await expect.poll(() => [servers.ended(), servers.at.imap.open()]).toEqual([3, 0]);
  });
});
