import type { Step } from '../answer.ts';
import type { MailProtocol } from '../mail-world.ts';
import { LineClient } from './line-client.ts';
import type { MailServers } from './mail-servers.ts';
import {
  imapClient,
  imapSignIn,
  pop3Client,
  pop3SignIn,
  securedSmtpClient,
  smtpClient,
  smtpSend,
  smtpSignIn,
} from './signed-in.ts';

/** A client right before a step; `step` takes it and gives the first line of the answer. */
export interface Walked {
  client: LineClient;
  step: () => Promise<string>;
}

type Walk = (servers: MailServers) => Promise<Walked>;

/** Takes a new client through a conversation, right before that step. */
export function walkTo(protocol: MailProtocol, step: Step, servers: MailServers): Promise<Walked> {
  const walk = WALKS[protocol][step];
  if (!walk) throw new RangeError(`no way to ${step} of ${protocol}`);
  return walk(servers);
}

const WALKS: Record<MailProtocol, Partial<Record<Step, Walk>>> = {
  imap: {
    greeting: async (servers) => {
      const client = await LineClient.secure(servers.at.imap.port, servers.ca);
      return { client, step: () => client.line() };
    },
    capability: async (servers) => {
      const client = await imapClient(servers);
      return { client, step: () => client.ask('a1 CAPABILITY') };
    },
    password: async (servers) => {
      const client = await imapClient(servers);
      return { client, step: () => client.ask('a1 LOGIN ada password') };
    },
    login: async (servers) => {
      const client = await imapClient(servers);
      return { client, step: () => imapSignIn(servers, client) };
    },
    command: async (servers) => {
      const client = await imapClient(servers);
      await expected(imapSignIn(servers, client), 'a1 OK AUTHENTICATE completed.');
      return { client, step: () => client.ask('a1 NOOP') };
    },
    mailbox: async (servers) => {
      const client = await imapClient(servers);
      await expected(imapSignIn(servers, client), 'a1 OK AUTHENTICATE completed.');
      return { client, step: () => client.ask('a1 EXAMINE INBOX') };
    },
  },
  pop3: {
    greeting: async (servers) => {
      const client = await LineClient.secure(servers.at.pop3.port, servers.ca);
      return { client, step: () => client.line() };
    },
    capability: async (servers) => {
      const client = await pop3Client(servers);
      return { client, step: () => client.ask('CAPA') };
    },
    auth: async (servers) => {
      const client = await pop3Client(servers);
      return { client, step: () => client.ask('AUTH XOAUTH2') };
    },
    password: async (servers) => {
      const client = await pop3Client(servers);
      await expected(client.ask('USER ada'), '+OK');
      return { client, step: () => client.ask('PASS word') };
    },
    login: async (servers) => {
      const client = await pop3Client(servers);
      return { client, step: () => pop3SignIn(servers, client) };
    },
    command: async (servers) => {
      const client = await pop3Client(servers);
      await expected(pop3SignIn(servers, client), '+OK User successfully authenticated.');
      return { client, step: () => client.ask('STAT') };
    },
  },
  smtp: {
    greeting: async (servers) => {
      const client = await LineClient.plain(servers.at.smtp.port);
      return { client, step: () => client.line() };
    },
    hello: async (servers) => {
      const client = await LineClient.plain(servers.at.smtp.port);
      await client.line();
      return { client, step: () => client.ask('EHLO probe.contoso.example') };
    },
    starttls: async (servers) => {
      const client = await smtpClient(servers);
      return { client, step: () => client.ask('STARTTLS') };
    },
    auth: async (servers) => {
      const client = await securedSmtpClient(servers);
      return { client, step: () => client.ask('AUTH XOAUTH2') };
    },
    password: async (servers) => {
      const client = await securedSmtpClient(servers);
      await expected(client.ask('AUTH LOGIN'), '334 VXNlcm5hbWU6');
      await expected(client.ask('YWRh'), '334 UGFzc3dvcmQ6');
      return { client, step: () => client.ask('d29yZA==') };
    },
    login: async (servers) => {
      const client = await securedSmtpClient(servers);
      return { client, step: () => smtpSignIn(servers, client) };
    },
    sender: signedInForSmtp,
    recipient: signedInForSmtp,
    message: signedInForSmtp,
  },
};

async function signedInForSmtp(servers: MailServers): Promise<Walked> {
  const client = await securedSmtpClient(servers);
  await expected(smtpSignIn(servers, client), '235 2.7.0 Authentication successful');
  return { client, step: () => smtpSend(client) };
}

async function expected(answer: Promise<string>, wanted: string): Promise<void> {
  const given = await answer;
  if (given !== wanted) throw new Error(`heard "${given}" on the way and not "${wanted}"`);
}
