import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Conversation, converse } from './conversation.ts';
import { SMTP_HOST, smtpDate } from './front-end.ts';
import { ConnectionGone, LineTooLong } from './line-connection.ts';
import { contextOf, type ServerTls } from '../server-tls.ts';
import type { MailWorld } from './mail-world.ts';
import { authenticate } from './smtp-login.ts';
import { bdat, data, mail, rcpt } from './smtp-message.ts';
import { resetEnvelope, type SmtpState } from './smtp-state.ts';

const HANDSHAKE_MS = 30_000;
const OFFERED = ['SIZE 157286400', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES'];
const ALSO = ['8BITMIME', 'BINARYMIME', 'CHUNKING', 'SMTPUTF8'];

type Run = (state: SmtpState, argument: string) => Promise<void>;

/** The commands besides STARTTLS, which needs the certificate. */
const COMMANDS: Record<string, Run> = {
  EHLO: ehlo,
  HELO: helo,
  AUTH: afterHello(authenticate),
  MAIL: afterHello(mail),
  RCPT: afterHello(rcpt),
  DATA: afterHello(data),
  BDAT: afterHello(bdat),
  RSET: rset,
  NOOP: ({ conversation }) => conversation.say('250 2.0.0 OK'),
  QUIT: quit,
};

/**
 * Submission as smtp.office365.com does it: the socket comes in plain text, TLS begins with STARTTLS and that
 * certificate. The sessions of the package smtp-server have texts of their own, so this one is written out. Resolves
 * when the session is over.
 */
export function smtpSession(
  socket: Socket,
  address: string,
  world: MailWorld,
  tls: ServerTls,
): Promise<void> {
  const conversation = new Conversation('smtp', socket, address, world);
  const client = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const state: SmtpState = {
    conversation,
    client,
    hello: null,
    isSecured: false,
    signIn: null,
    envelope: null,
    chunks: [],
  };
  return converse(conversation, async () => {
    if (!(await conversation.isFaulty('greeting'))) {
      const at = smtpDate(new Date(conversation.now));
      await conversation.say(`220 ${SMTP_HOST} Microsoft ESMTP MAIL Service ready at ${at}`);
    }
    for (;;) await nextCommand(state, tls);
  });
}

async function nextCommand(state: SmtpState, tls: ServerTls): Promise<void> {
  const { conversation } = state;
  try {
    const line = (await conversation.readLine()).trimEnd();
    const [name = ''] = line.split(' ');
    const argument = line.slice(name.length).trim();
    if (await conversation.isFaulty(name.toUpperCase())) return;
    if (/^STARTTLS$/i.test(name)) return await startTls(state, argument, tls);
    const run = COMMANDS[name.toUpperCase()];
    if (run) await run(state, argument);
    else await conversation.say(`500 5.3.3 Unrecognized command '${name.slice(0, 32)}'`);
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    await conversation.say('500 5.5.2 Line too long');
  }
}

function afterHello(run: Run): Run {
  return (state, argument) =>
    state.hello === null ? state.conversation.say('503 5.5.2 Send hello first') : run(state, argument);
}

async function ehlo(state: SmtpState, name: string): Promise<void> {
  const { conversation, client, isSecured } = state;
  if (await conversation.isFaulty('hello', { client })) return;
  if (!isName(name)) return conversation.give('smtp-helo-domain-invalid');
  state.hello = name;
  resetEnvelope(state);
  const hello = `${SMTP_HOST} Hello [${client}]`;
  const lines = [hello, ...OFFERED, isSecured ? 'AUTH LOGIN XOAUTH2' : 'STARTTLS', ...ALSO];
  await conversation.say(...lines.map((line, index) => `250${index + 1 < lines.length ? '-' : ' '}${line}`));
}

async function helo(state: SmtpState, name: string): Promise<void> {
  const { conversation, client } = state;
  if (await conversation.isFaulty('hello', { client })) return;
  if (!isName(name)) return conversation.give('smtp-helo-domain-invalid');
  state.hello = name;
  resetEnvelope(state);
  await conversation.say(`250 ${SMTP_HOST} Hello [${client}]`);
}

/** A host name, or an address in brackets (RFC 5321 section 4.1.3). */
function isName(name: string): boolean {
  return /^(?:[A-Za-z0-9](?:[\w.-]{0,253}[A-Za-z0-9])?\.?|\[[A-Za-z0-9.:-]{2,60}\])$/.test(name);
}

async function startTls(state: SmtpState, argument: string, tls: ServerTls): Promise<void> {
  const { conversation } = state;
  if (await conversation.isFaulty('starttls')) return;
  if (argument !== '') return conversation.say('501 5.5.4 Invalid arguments');
  if (state.isSecured)
    return conversation.say('503 5.5.2 Only one STARTTLS command can be issued per session');
  await conversation.say('220 2.0.0 SMTP server ready');
  if (conversation.faultAt('handshake')) {
    await conversation.connection.readBytes(1);
    return conversation.connection.cut();
  }
  conversation.moveTo(await secure(conversation.connection.release(), tls));
  Object.assign(state, { isSecured: true, hello: null });
  resetEnvelope(state);
}

/** TLS above that socket. Throws ConnectionGone when the client does not get through it. */
function secure(socket: Socket, tls: ServerTls): Promise<Socket> {
  const secured = new TLSSocket(socket, { isServer: true, secureContext: contextOf(tls) });
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void => {
      socket.destroy();
      reject(new ConnectionGone('no TLS came about', { cause }));
    };
    secured.setTimeout(HANDSHAKE_MS, fail);
    secured.once('error', fail).once('close', fail);
    secured.once('secure', () => {
      secured.off('timeout', fail).off('close', fail);
      resolve(secured);
    });
  });
}

async function rset(state: SmtpState): Promise<void> {
  resetEnvelope(state);
  await state.conversation.say('250 2.0.0 Resetting');
}

async function quit({ conversation }: SmtpState): Promise<void> {
  await conversation.say('221 2.0.0 Service closing transmission channel');
  conversation.connection.end();
}
