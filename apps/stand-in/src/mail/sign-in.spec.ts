import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessTokens } from '../access-tokens.ts';
import type { MailProtocol } from './mail-world.ts';
import { maySendAs, signIn } from './sign-in.ts';
import {
  ADA,
  CLIENT_ID,
  startMailServers,
  SUPPORT,
  tokenOf,
  xoauth2,
  type MailServers,
} from './testing/mail-servers.ts';

const APPLICATION = {
  userName: null,
  scopes: [],
  roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
};

let servers: MailServers;
beforeAll(async () => {
  servers = await startMailServers();
});
afterAll(() => servers.stop());

type Options = Parameters<typeof tokenOf>[2];

async function refusalOf(protocol: MailProtocol, user = ADA, subject = {}, options: Options = {}) {
  return (await signIn(xoauth2(user, await tokenOf(servers, subject, options)), protocol, servers.world))
    .refusal;
}

describe('signIn', () => {
  it.each([
    'https://outlook.office.com',
    'https://outlook.office365.com/',
    '00000002-0000-0ff1-ce00-000000000000',
  ])('takes tokens for %s', async (audience) => {
    for (const protocol of ['imap', 'pop3', 'smtp'] as const) {
      expect(await refusalOf(protocol, ADA, {}, { audience })).toBeNull();
    }
  });

  it('names the first thing that is wrong', async () => {
    expect(await refusalOf('imap', ADA, {}, { audience: 'https://graph.microsoft.com' })).toBe('audience');
    expect(await refusalOf('imap', ADA, { scopes: ['POP.AccessAsUser.All'] })).toBe('permission');
    expect(await refusalOf('imap', ADA, { userName: 'bob@contoso.example' })).toBe('user');
    expect(await refusalOf('imap', ADA, { tenantId: 'another' })).toBe('token');
    expect(await refusalOf('pop3', 'nobody@contoso.example')).toBe('no-mailbox');
    expect(await refusalOf('imap', ADA, APPLICATION)).toBe('no-access');
    expect((await signIn('AAAA', 'imap', servers.world)).refusal).toBe('malformed');
  });

  it('refuses tokens that another authority signed', async () => {
    const tokens = await AccessTokens.create();
    const token = await tokenOf({ world: { ...servers.world, tokens } });
    expect(await signIn(xoauth2(ADA, token), 'imap', servers.world)).toEqual({
      mailbox: ADA,
      trustee: null,
      expiresAt: 0,
      refusal: 'token',
    });
  });

  it('goes by the switches of the user who signs in, not by those of the mailbox', async () => {
    const ada = servers.world.directory.user(ADA)!;
    servers.world.directory.addUser({ ...ada, userName: SUPPORT, imapEnabled: false });
    expect(await refusalOf('imap', SUPPORT)).toBeNull();
    expect(await refusalOf('imap', SUPPORT, APPLICATION)).toBe('protocol-off');
    servers.world.directory.users.delete(SUPPORT);
  });

  it('lets Send As open a mailbox for submission alone', async () => {
    const mailbox = servers.world.directory.mailbox(SUPPORT)!;
    servers.world.directory.addMailbox({ ...mailbox, fullAccess: [], sendAs: [ADA] });
    expect(await refusalOf('smtp', SUPPORT)).toBeNull();
    expect(await refusalOf('imap', SUPPORT)).toBe('no-access');
    servers.world.directory.addMailbox(mailbox);
  });
});

describe('maySendAs', () => {
  it('is for oneself and for those with the right on the mailbox', async () => {
    const own = await signIn(xoauth2(ADA, await tokenOf(servers)), 'smtp', servers.world);
    const application = await signIn(
      xoauth2(SUPPORT, await tokenOf(servers, APPLICATION)),
      'smtp',
      servers.world,
    );
    expect(application).toMatchObject({ trustee: CLIENT_ID, refusal: null });
    expect([ADA.toUpperCase(), SUPPORT].map((from) => maySendAs(from, own, servers.world))).toEqual([
      true,
      false,
    ]);
    expect(maySendAs(SUPPORT, application, servers.world)).toBe(false);
    servers.world.directory.mailbox(SUPPORT)!.sendAs.push(CLIENT_ID);
    expect(maySendAs(SUPPORT, application, servers.world)).toBe(true);
    expect(maySendAs(ADA, { ...own, trustee: null }, servers.world)).toBe(false);
  });
});
