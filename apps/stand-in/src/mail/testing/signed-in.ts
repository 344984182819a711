import { LineClient } from './line-client.ts';
import { ADA, tokenOf, xoauth2, type MailServers } from './mail-servers.ts';

/** A POP3 client that heard the greeting. */
export async function pop3Client(servers: MailServers): Promise<LineClient> {
  const client = await LineClient.secure(servers.at.pop3.port, servers.ca);
  await client.line();
  return client;
}

/** The answer to a sign-in over POP3. */
export async function pop3SignIn(
  servers: MailServers,
  client: LineClient,
  user = ADA,
  token?: string,
): Promise<string> {
  await client.ask('AUTH XOAUTH2');
  return client.ask(xoauth2(user, token ?? (await tokenOf(servers))));
}

/** An IMAP client that heard the greeting. */
export async function imapClient(servers: MailServers): Promise<LineClient> {
  const client = await LineClient.secure(servers.at.imap.port, servers.ca);
  await client.line();
  return client;
}

/** The answer to a sign-in over IMAP. */
export async function imapSignIn(servers: MailServers, client: LineClient, user = ADA): Promise<string> {
  return client.ask(`a1 AUTHENTICATE XOAUTH2 ${xoauth2(user, await tokenOf(servers))}`);
}

/** An SMTP client that heard the greeting and said EHLO. */
export async function smtpClient(servers: MailServers): Promise<LineClient> {
  const client = await LineClient.plain(servers.at.smtp.port);
  await client.line();
  client.send('EHLO probe.contoso.example');
  await client.until(/^\d{3} /);
  return client;
}

/** The same after STARTTLS, and EHLO once more. */
export async function securedSmtpClient(servers: MailServers): Promise<LineClient> {
  const client = await smtpClient(servers);
  await client.ask('STARTTLS');
  await client.upgrade(servers.ca);
  client.send('EHLO probe.contoso.example');
  await client.until(/^\d{3} /);
  return client;
}

/** The answer to a sign-in over SMTP. */
export async function smtpSignIn(
  servers: MailServers,
  client: LineClient,
  user = ADA,
  token?: string,
): Promise<string> {
  return client.ask(`AUTH XOAUTH2 ${xoauth2(user, token ?? (await tokenOf(servers)))}`);
}

/** Sends a message and gives the answer at the end of DATA, or the first refusal before it. */
export async function smtpSend(client: LineClient, from = ADA, to = ADA): Promise<string> {
  for (const [command, expected] of [
    [`MAIL FROM:<${from}>`, '250'],
    [`RCPT TO:<${to}>`, '250'],
    ['DATA', '354'],
  ] as const) {
    const answer = await client.ask(command);
    if (!answer.startsWith(expected)) return answer;
  }
  client.send(`From: <${from}>`, `To: <${to}>`, 'Message-ID: <one@mailpath.example>', '', '..Hello.');
  return client.ask('.');
}
