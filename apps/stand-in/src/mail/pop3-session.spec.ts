import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LineClient } from './testing/line-client.ts';
import {
  ADA,
  startMailServers,
  SUPPORT,
  tokenOf,
  xoauth2,
  type MailServers,
} from './testing/mail-servers.ts';
import { pop3Client, pop3SignIn } from './testing/signed-in.ts';

const REFUSED = '-ERR Authentication failure: unknown user name or bad password.';
const MESSAGE = 'Subject: One\r\nMessage-ID: <one@mailpath.example>\r\n\r\nHello.\r\n.dot\r\nEnd\r\n';

let servers: MailServers;
beforeEach(async () => {
  servers = await startMailServers();
});
afterEach(() => servers.stop());

const deliver = (raw = MESSAGE) => servers.world.store.deliver(ADA, Buffer.from(raw, 'latin1'));

async function signedIn(): Promise<LineClient> {
  const client = await pop3Client(servers);
  expect(await pop3SignIn(servers, client)).toBe('+OK User successfully authenticated.');
  return client;
}

describe('signing in over POP3', () => {
  it('offers XOAUTH2 and takes the token on a line of its own', async () => {
    const client = await pop3Client(servers);
    client.send('CAPA');
    expect(await client.until(/^\.$/)).toEqual(['+OK', 'TOP', 'UIDL', 'SASL PLAIN XOAUTH2', 'USER', '.']);
    expect(await client.ask('AUTH XOAUTH2')).toBe('+ ');
    expect(await client.ask(xoauth2(ADA, await tokenOf(servers)))).toBe(
      '+OK User successfully authenticated.',
    );
    expect(await client.ask('STAT')).toBe('+OK 0 0');
  });

  it('ends with a token on the line of AUTH (pop3-auth-on-one-line) and with a line that is too long (pop3-token-too-long)', async () => {
    for (const lines of [[`AUTH XOAUTH2 ${xoauth2(ADA, 'x')}`], ['AUTH XOAUTH2', 'A'.repeat(4097)]]) {
      const client = await pop3Client(servers);
      client.send(...lines);
      expect((await client.until(/^-ERR/)).at(-1)).toBe('-ERR Protocol error. Connection is closed. 10');
      expect(await client.line()).toBe('<end>');
    }
  });

  it.each([
    ['POP is off for the user', () => (servers.world.directory.user(ADA)!.popEnabled = false)],
    ['there is no licence', () => (servers.world.directory.mailbox(ADA)!.licensed = false)],
    ['there is no mailbox', () => servers.world.directory.mailboxes.clear()],
    ['the user is disabled', () => (servers.world.directory.user(ADA)!.enabled = false)],
  ])('says the same whatever is wrong: %s (pop3-sign-in-refused)', async (_, change) => {
    change();
    const client = await pop3Client(servers);
    expect(await pop3SignIn(servers, client)).toBe(REFUSED);
    expect(await client.ask('STAT')).toBe('-ERR Command is not valid in this state.');
  });

  it('needs the permission for POP and full access to another mailbox', async () => {
    const client = await pop3Client(servers);
    const other = await tokenOf(servers, { scopes: ['IMAP.AccessAsUser.All'] });
    expect(await pop3SignIn(servers, client, ADA, other)).toBe(REFUSED);
    expect(await pop3SignIn(servers, client, SUPPORT)).toBe('+OK User successfully authenticated.');
  });

  it('refuses passwords (pop3-password-refused)', async () => {
    const client = await pop3Client(servers);
    expect(await client.ask(`USER ${ADA}`)).toBe('+OK');
    expect(await client.ask('PASS word')).toBe('-ERR Logon failure: unknown user name or bad password.');
  });
});

describe('a POP3 mailbox', () => {
  it('is listed, read and emptied at QUIT', async () => {
    deliver();
    deliver('Subject: Two\r\n\r\nHello.\r\n');
    const client = await signedIn();
    expect(await client.ask('STAT')).toBe(`+OK 2 ${MESSAGE.length + 24}`);
    expect(await client.ask('LIST 2')).toBe('+OK 2 24');
    client.send('UIDL');
    expect(await client.until(/^\.$/)).toEqual(['+OK', '1 1', '2 2', '.']);
    client.send('RETR 1');
    const retrieved = await client.until(/^\.$/);
    expect(retrieved).toEqual(['+OK', ...MESSAGE.replace('.dot', '..dot').trimEnd().split('\r\n'), '.']);
    client.send('TOP 1 1');
    expect(await client.until(/^\.$/)).toEqual([...retrieved.slice(0, 5), '.']);
    expect(await client.ask('DELE 1')).toBe('+OK');
    expect(await client.ask('RETR 1')).toBe('-ERR The specified message is out of range.');
    expect(servers.world.store.list(ADA)).toHaveLength(2);
    expect(await client.ask('QUIT')).toBe('+OK Microsoft Exchange Server POP3 server signing off.');
    expect(await client.line()).toBe('<end>');
    expect(servers.world.store.list(ADA).map(({ uid }) => uid)).toEqual([2]);
  });

  it('keeps what was deleted by a client that changed its mind or vanished', async () => {
    deliver();
    const first = await signedIn();
    await first.ask('DELE 1');
    expect(await first.ask('RSET')).toBe('+OK');
    await first.ask('QUIT');
    const second = await signedIn();
    await second.ask('DELE 1');
    second.vanish();
    await expect.poll(() => [servers.ended(), servers.at.pop3.open()]).toEqual([2, 0]);
    expect(servers.world.store.list(ADA)).toHaveLength(1);
  });

  it('is for one session at a time (pop3-mailbox-locked)', async () => {
    const first = await signedIn();
    const second = await pop3Client(servers);
    expect(await pop3SignIn(servers, second)).toBe('-ERR The mailbox is locked by another session.');
    await first.ask('QUIT');
    expect(await pop3SignIn(servers, second)).toBe('+OK User successfully authenticated.');
  });
});
