import type { Socket } from 'node:net';
import { Conversation, converse } from './conversation.ts';
import { POP3_GREETING } from './front-end.ts';
import { LineTooLong } from './line-connection.ts';
import { INBOX, type StoredMessage } from './mail-store.ts';
import type { MailWorld } from './mail-world.ts';
import { bodyOf, headerOf } from './message-header.ts';
import { authenticate, POP3_LINE_BYTES, refusePassword, unlock } from './pop3-login.ts';

/** One POP3 session; its mailbox is null before the login. */
export interface Pop3State {
  conversation: Conversation;
  mailbox: string | null;
  /** As they were at the login; numbers are of this list. */
  messages: StoredMessage[];
  deleted: Set<StoredMessage>;
}

type Run = (state: Pop3State, argument: string) => Promise<void>;

const COMMANDS: Record<string, { in: 'any' | 'authorization' | 'transaction'; run: Run }> = {
  CAPA: { in: 'any', run: capa },
  QUIT: { in: 'any', run: quit },
  AUTH: { in: 'authorization', run: authenticate },
  USER: { in: 'authorization', run: ({ conversation }) => conversation.say('+OK') },
  PASS: { in: 'authorization', run: refusePassword },
  STAT: { in: 'transaction', run: stat },
  LIST: { in: 'transaction', run: (state, which) => listing(state, which, ({ raw }) => raw.length) },
  UIDL: { in: 'transaction', run: (state, which) => listing(state, which, ({ uid }) => uid) },
  RETR: { in: 'transaction', run: retr },
  TOP: { in: 'transaction', run: top },
  DELE: { in: 'transaction', run: dele },
  RSET: { in: 'transaction', run: rset },
  NOOP: { in: 'transaction', run: ({ conversation }) => conversation.say('+OK') },
};

/**
 * POP3 as Exchange Online speaks it, from the greeting on; the socket comes with TLS done. Resolves when the session is
 * over, however it ended.
 */
export function pop3Session(socket: Socket, address: string, world: MailWorld): Promise<void> {
  const conversation = new Conversation('pop3', socket, address, world);
  const state: Pop3State = { conversation, mailbox: null, messages: [], deleted: new Set() };
  return converse(conversation, async () => {
    if (!(await conversation.isFaulty('greeting'))) await conversation.say(POP3_GREETING);
    for (;;) await nextCommand(state);
  });
}

async function nextCommand(state: Pop3State): Promise<void> {
  const { conversation } = state;
  try {
    const line = (await conversation.readLine(POP3_LINE_BYTES)).trimEnd();
    const [name = ''] = line.split(' ');
    await obey(state, name.toUpperCase(), line.slice(name.length).trim());
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    await conversation.give('pop3-auth-on-one-line');
  }
}

async function obey(state: Pop3State, name: string, argument: string): Promise<void> {
  const { conversation, mailbox } = state;
  if (await conversation.isFaulty(name)) return;
  const command = COMMANDS[name];
  if (!command) return conversation.say('-ERR Protocol error. 14');
  if (mailbox !== null && name !== 'QUIT' && (await conversation.isFaulty('command'))) return;
  const here = mailbox === null ? 'authorization' : 'transaction';
  if (command.in !== 'any' && command.in !== here) return conversation.give('pop3-command-invalid-state');
  await command.run(state, argument);
}

async function capa({ conversation }: Pop3State): Promise<void> {
  if (await conversation.isFaulty('capability')) return;
  await conversation.say('+OK', 'TOP', 'UIDL', 'SASL PLAIN XOAUTH2', 'USER', '.');
}

/** Only here the deleted messages go: a client that vanishes deletes nothing. */
async function quit({ conversation, mailbox, deleted }: Pop3State): Promise<void> {
  if (mailbox !== null) {
    const { store } = conversation.world;
    for (const { uid } of deleted) store.markDeleted(mailbox, uid);
    store.expunge(mailbox, INBOX, new Set([...deleted].map(({ uid }) => uid)));
    unlock(conversation, mailbox);
  }
  await conversation.say('+OK Microsoft Exchange Server POP3 server signing off.');
  conversation.connection.end();
}

async function stat({ conversation, messages, deleted }: Pop3State): Promise<void> {
  const left = messages.filter((message) => !deleted.has(message));
  const bytes = left.reduce((sum, { raw }) => sum + raw.length, 0);
  await conversation.say(`+OK ${left.length} ${bytes}`);
}

async function listing(
  state: Pop3State,
  which: string,
  value: (message: StoredMessage) => number,
): Promise<void> {
  const { conversation, messages, deleted } = state;
  if (which !== '') {
    const message = messageOf(state, which);
    return message ? conversation.say(`+OK ${which} ${value(message)}`) : noMessage(state);
  }
  const lines = messages.flatMap((message, index) =>
    deleted.has(message) ? [] : [`${index + 1} ${value(message)}`],
  );
  await conversation.say('+OK', ...lines, '.');
}

async function retr(state: Pop3State, which: string): Promise<void> {
  const message = messageOf(state, which);
  if (!message) return noMessage(state);
  await sayMessage(state, message.raw.toString('latin1'));
}

async function top(state: Pop3State, argument: string): Promise<void> {
  const [, which = '', lines] = /^(\d+) (\d{1,9})$/.exec(argument) ?? [];
  const message = messageOf(state, which);
  if (!message) return noMessage(state);
  const body = bodyOf(message.raw).toString('latin1').split('\r\n').slice(0, Number(lines));
  await sayMessage(state, headerOf(message.raw).toString('latin1') + body.join('\r\n'));
}

async function dele(state: Pop3State, which: string): Promise<void> {
  const message = messageOf(state, which);
  if (!message) return noMessage(state);
  state.deleted.add(message);
  await state.conversation.say('+OK');
}

async function rset({ conversation, deleted }: Pop3State): Promise<void> {
  deleted.clear();
  await conversation.say('+OK');
}

/** A multi-line answer: a dot more before lines that begin with one (RFC 1939 section 3). */
async function sayMessage({ conversation }: Pop3State, text: string): Promise<void> {
  const lines = `\r\n${text.replace(/\r\n$/, '')}`;
  await conversation.say(`+OK${lines.replaceAll('\r\n.', '\r\n..')}`, '.');
}

function messageOf({ messages, deleted }: Pop3State, which: string): StoredMessage | undefined {
  const message = /^\d{1,9}$/.test(which) ? messages[Number(which) - 1] : undefined;
  return message && !deleted.has(message) ? message : undefined;
}

function noMessage({ conversation }: Pop3State): Promise<void> {
  return conversation.say('-ERR The specified message is out of range.');
}
