import { connect } from 'node:net';
import { once } from 'node:events';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LineClient } from './testing/line-client.ts';
import {
  ADA,
  CLIENT_ID,
  startMailServers,
  SUPPORT,
  tokenOf,
  xoauth2,
  type MailServers,
} from './testing/mail-servers.ts';
import { securedSmtpClient, smtpClient, smtpSend, smtpSignIn } from './testing/signed-in.ts';

const TRACE = String.raw`\[\S+\.exchangelabs\.com \d{4}-\S+Z [0-9A-F]{16}\]`;

let servers: MailServers;
beforeEach(async () => {
  servers = await startMailServers();
});
afterEach(() => servers.stop());

/** Sends one message as nodemailer does. */
async function send({ user = ADA, from = ADA, to = SUPPORT, accessToken = '' } = {}) {
  const transport = createTransport({
    host: '127.0.0.1',
    port: servers.at.smtp.port,
    requireTLS: true,
    tls: { ca: servers.ca, servername: 'localhost' },
    auth: { type: 'OAuth2', user, accessToken: accessToken || (await tokenOf(servers)) },
  });
  return transport.sendMail({
    from,
    to,
    subject: 'Round trip',
    text: '.Hello\n\n.\nEnd',
    messageId: '<one@mailpath.example>',
  });
}

describe('smtpSession with nodemailer', () => {
  it('accepts a message, delivers it and keeps a copy', async () => {
    const sent = await send();
    expect(sent.response).toMatch(/^250 2\.0\.0 OK <one@mailpath\.example> \[Hostname=\S+\]$/);
    const [message] = servers.world.store.list(SUPPORT);
    const raw = message?.raw.toString('latin1');
    expect(raw).toMatch(
      /^Received: from \[127\.0\.0\.1\] by \S+ with Microsoft SMTP Server;\r\n .+ \+0000\r\n/,
    );
    expect(raw).toContain('\r\nMessage-ID: <one@mailpath.example>\r\n');
    expect(raw).toContain('\r\n\r\n.Hello\r\n\r\n.\r\nEnd\r\n');
    expect(servers.world.store.list(ADA, 'Sent Items')).toHaveLength(1);
    expect(servers.world.store.list(ADA)).toHaveLength(0);
  });

  it.each([
    [
      'a wrong audience',
      '535 5.7.3 Authentication unsuccessful',
      { audience: 'https://graph.microsoft.com' },
      {},
    ],
    ['no SMTP.Send', '535 5.7.3 Authentication unsuccessful', {}, { scopes: ['IMAP.AccessAsUser.All'] }],
    [
      'an application without Send As',
      '554 5.2.252 SendAsDenied',
      {},
      { userName: null, scopes: [], roles: ['SMTP.SendAsApp'] },
    ],
  ])('refuses %s', async (_, response, options, subject) => {
    const accessToken = await tokenOf(servers, subject, options);
    const user = 'userName' in subject ? SUPPORT : ADA;
    await expect(send({ accessToken, user, from: user })).rejects.toMatchObject({
      response: expect.stringContaining(response),
    });
    expect(servers.world.store.bytes).toBe(0);
  });

  it('lets an application send that may', async () => {
    servers.world.directory.mailbox(SUPPORT)!.sendAs = [CLIENT_ID];
    const accessToken = await tokenOf(servers, { userName: null, scopes: [], roles: ['SMTP.SendAsApp'] });
    const sent = await send({ accessToken, user: SUPPORT, from: SUPPORT, to: ADA });
    expect(sent.accepted).toEqual([ADA]);
    expect(servers.world.store.list(ADA)).toHaveLength(1);
  });

  it('refuses a sender without Send As at the end of DATA (smtp-send-as-denied)', async () => {
    await expect(send({ from: SUPPORT })).rejects.toMatchObject({
      code: 'EMESSAGE',
      responseCode: 554,
      response: expect.stringMatching(
        /^554 5\.2\.252 SendAsDenied; ada@contoso\.example not allowed to send as support@contoso\.example; STOREDRV\.Submission\.Exception:SendAsDeniedException\.MapiExceptionSendAsDenied/,
      ),
    });
    servers.world.directory.mailbox(SUPPORT)!.sendAs = ['ADA@contoso.example'];
    expect((await send({ from: SUPPORT })).accepted).toEqual([SUPPORT]);
  });

  it('refuses an unknown recipient (smtp-recipient-not-found) and a full mailbox (smtp-mailbox-full)', async () => {
    await expect(send({ to: 'nobody@contoso.example' })).rejects.toMatchObject({
      code: 'EENVELOPE',
      response: expect.stringContaining('550 5.1.10 '),
    });
    servers.world.directory.mailbox(ADA)!.full = true;
    await expect(send()).rejects.toMatchObject({
      response: expect.stringContaining(
        '554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceeded',
      ),
    });
  });

  it('says when SMTP AUTH is off for the tenant (smtp-auth-disabled-tenant) and for the mailbox (smtp-auth-disabled-mailbox), which wins', async () => {
    const { directory } = servers.world;
    directory.tenant.smtpAuthDisabled = true;
    await expect(send()).rejects.toMatchObject({
      code: 'EAUTH',
      response: expect.stringMatching(
        new RegExp(
          `^535 5\\.7\\.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant\\. Visit https://aka\\.ms/smtp_auth_disabled for more information\\. ${TRACE}$`,
        ),
      ),
    });
    directory.user(ADA)!.smtpAuthDisabled = true;
    await expect(send()).rejects.toMatchObject({
      response: expect.stringContaining('SmtpClientAuthentication is disabled for the Mailbox.'),
    });
    directory.user(ADA)!.smtpAuthDisabled = false;
    expect((await send()).accepted).toEqual([SUPPORT]);
  });
});

describe('a conversation over SMTP', () => {
  it('offers STARTTLS first and XOAUTH2 after it', async () => {
    const client = await LineClient.plain(servers.at.smtp.port);
    expect(await client.line()).toMatch(
      /^220 \S+\.outlook\.office365\.com Microsoft ESMTP MAIL Service ready at .+ \+0000$/,
    );
    client.send('EHLO probe.contoso.example');
    const before = await client.until(/^250 /);
    expect(before[0]).toMatch(/^250-\S+ Hello \[127\.0\.0\.1\]$/);
    expect(before.slice(1).map((line) => line.slice(4))).toEqual([
      'SIZE 157286400',
      'PIPELINING',
      'DSN',
      'ENHANCEDSTATUSCODES',
      'STARTTLS',
      '8BITMIME',
      'BINARYMIME',
      'CHUNKING',
      'SMTPUTF8',
    ]);
    expect(await client.ask('AUTH XOAUTH2')).toMatch(
      new RegExp(`^504 5\\.7\\.4 Unrecognized authentication type ${TRACE}$`),
    );
    expect(await client.ask('STARTTLS')).toBe('220 2.0.0 SMTP server ready');
    await client.upgrade(servers.ca);
    expect(await client.ask('MAIL FROM:<a@b.example>')).toBe('503 5.5.2 Send hello first');
    client.send('EHLO probe.contoso.example');
    const after = await client.until(/^250 /);
    expect(after).toContain('250-AUTH LOGIN XOAUTH2');
    expect(after.join()).not.toContain('STARTTLS');
    expect(await client.ask('MAIL FROM:<ada@contoso.example>')).toMatch(
      /^530 5\.7\.57 Client not authenticated to send mail\. /,
    );
    expect(await client.ask('AUTH XOAUTH2')).toBe('334 ');
    expect(await client.ask(xoauth2(ADA, await tokenOf(servers)))).toBe(
      '235 2.7.0 Authentication successful',
    );
    expect(await client.ask('QUIT')).toBe('221 2.0.0 Service closing transmission channel');
    expect(await client.line()).toBe('<end>');
  });

  it('drops what was said in plain text after STARTTLS', async () => {
    const client = await smtpClient(servers);
    client.send('STARTTLS', 'NOOP');
    expect(await client.line()).toBe('220 2.0.0 SMTP server ready');
    await client.upgrade(servers.ca);
    expect(await client.ask('RSET')).toBe('250 2.0.0 Resetting');
  });

  it.each([
    ['EHLO', '501 5.5.4 Invalid domain name'],
    ['EHLO bad name', '501 5.5.4 Invalid domain name'],
    ['DANCE', "500 5.3.3 Unrecognized command 'DANCE'"],
    ['RCPT TO:<a@b.example>', '503 5.5.2 Need mail command'],
    ['MAIL FROM:nobody', '501 5.5.4 Invalid arguments'],
    ['MAIL FROM:<ada@contoso.example> SIZE=100000000', '552 5.3.4 Message size exceeds'],
    ['DATA', '503 5.5.2 Need rcpt command'],
    ['AUTH XOAUTH2', '503 5.5.2 Already authenticated'],
    [`NOOP ${'x'.repeat(20_000)}`, '500 5.5.2 Line too long'],
  ])('answers a bad command and goes on (%#)', async (command, expected) => {
    const client = await securedSmtpClient(servers);
    await smtpSignIn(servers, client);
    expect(await client.ask(command)).toContain(expected);
    expect(await client.ask('NOOP')).toBe('250 2.0.0 OK');
  });

  it('refuses a message that is too large and takes the next', async () => {
    const client = await securedSmtpClient(servers);
    await smtpSignIn(servers, client);
    await client.ask(`MAIL FROM:<${ADA}>`);
    await client.ask(`RCPT TO:<${ADA}>`);
    await client.ask('DATA');
    client.send(...Array.from({ length: 45 }, () => 'x'.repeat(100_000)));
    expect(await client.ask('.')).toBe('552 5.3.4 Message size exceeds fixed maximum message size');
    expect(await smtpSend(client)).toMatch(/^250 2\.0\.0 OK <one@mailpath\.example> /);
  });

  it('takes a message in counted pieces', async () => {
    const client = await securedSmtpClient(servers);
    await smtpSignIn(servers, client);
    await client.ask(`MAIL FROM:<${ADA}> BODY=BINARYMIME`);
    await client.ask(`RCPT TO:<${ADA}>`);
    expect(await client.ask('BDAT 14\r\nSubject: One')).toBe('250 2.0.0 14 octets received');
    expect(await client.ask('BDAT 9 LAST\r\n\r\nHello')).toMatch(/^250 2\.0\.0 OK <\S+@\S+> \[Hostname=/);
    expect(servers.world.store.list(ADA)[0]?.raw.toString()).toMatch(/\r\nSubject: One\r\n\r\nHello\r\n$/);
  });

  it('ends with clients that vanish before, in and after the handshake', async () => {
    const early = connect(servers.at.smtp.port, '127.0.0.1');
    await once(early, 'data');
    early.destroy();
    const garbled = await smtpClient(servers);
    await garbled.ask('STARTTLS');
    garbled.send('This is no ClientHello at all, but text.');
    const late = await securedSmtpClient(servers);
    late.vanish();
    await expect.poll(() => [servers.ended(), servers.at.smtp.open()]).toEqual([3, 0]);
  });
});
