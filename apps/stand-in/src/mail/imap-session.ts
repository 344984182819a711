import type { Socket } from 'node:net';
import { Conversation, converse } from './conversation.ts';
import { IMAP_GREETING } from './front-end.ts';
import { BadCommand, readCommand, type ImapCommand } from './imap-command.ts';
import { list, namespace, select, status } from './imap-folders.ts';
import { idle } from './imap-idle.ts';
import { authenticate, login } from './imap-login.ts';
import { expunge, fetch, search, store, transfer, unselect } from './imap-messages.ts';
import { tellChanges, type ImapState } from './imap-state.ts';
import type { MailWorld } from './mail-world.ts';

const OFFERS =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';
const OFFERS_AFTER_LOGIN =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+';

type State = 'any' | 'not-authenticated' | 'authenticated' | 'selected';
type Run = (state: ImapState, command: ImapCommand) => Promise<void>;

const COMMANDS: Record<string, { in: State; run: Run }> = {
  CAPABILITY: { in: 'any', run: capability },
  NOOP: { in: 'any', run: noop },
  ID: { in: 'any', run: id },
  LOGOUT: { in: 'any', run: logout },
  AUTHENTICATE: { in: 'not-authenticated', run: authenticate },
  LOGIN: { in: 'not-authenticated', run: login },
  NAMESPACE: { in: 'authenticated', run: namespace },
  LIST: { in: 'authenticated', run: list },
  LSUB: { in: 'authenticated', run: list },
  STATUS: { in: 'authenticated', run: status },
  SELECT: { in: 'authenticated', run: select },
  EXAMINE: { in: 'authenticated', run: select },
  IDLE: { in: 'authenticated', run: idle },
  CHECK: { in: 'selected', run: noop },
  CLOSE: { in: 'selected', run: unselect },
  UNSELECT: { in: 'selected', run: unselect },
  EXPUNGE: { in: 'selected', run: expunge },
  SEARCH: { in: 'selected', run: search },
  FETCH: { in: 'selected', run: fetch },
  STORE: { in: 'selected', run: store },
  COPY: { in: 'selected', run: transfer },
  MOVE: { in: 'selected', run: transfer },
};

/**
 * IMAP4rev1 as Exchange Online speaks it, from the greeting on; the socket comes with TLS done. Resolves when the
 * session is over, however it ended.
 */
export function imapSession(socket: Socket, address: string, world: MailWorld): Promise<void> {
  const conversation = new Conversation('imap', socket, address, world);
  const state: ImapState = { conversation, signIn: null, selected: null };
  return converse(conversation, async () => {
    if (!(await conversation.isFaulty('greeting'))) await conversation.say(IMAP_GREETING);
    for (;;) await nextCommand(state);
  });
}

async function nextCommand(state: ImapState): Promise<void> {
  try {
    const command = await readCommand(state.conversation);
    await obey(state, command);
  } catch (error) {
    if (!(error instanceof BadCommand)) throw error;
    await state.conversation.give(error.row, { t: error.tag });
  }
}

async function obey(state: ImapState, command: ImapCommand): Promise<void> {
  const { conversation, signIn } = state;
  const values = { t: command.tag };
  if (await conversation.isFaulty(command.name, values)) return;
  const known = COMMANDS[command.name];
  if (!known) throw new BadCommand(command.tag, 'imap-command-error', 'an unknown command');
  if (command.name === 'LOGOUT') return known.run(state, command);
  if (signIn) {
    if (signIn.expiresAt * 1000 <= conversation.now)
      return conversation.give('imap-session-token-expired', values);
    if (await conversation.isFaulty('command', values)) return;
  }
  if (!isAllowed(known.in, state)) return conversation.give('imap-command-invalid-state', values);
  if (known.in === 'authenticated' || known.in === 'selected') {
    if (await conversation.isFaulty('mailbox', values)) return;
    if (signIn?.refusal) return conversation.give('imap-authenticated-not-connected', values);
  }
  await known.run(state, command);
}

function isAllowed(needed: State, { signIn, selected }: ImapState): boolean {
  if (needed === 'not-authenticated') return signIn === null;
  if (needed === 'authenticated') return signIn !== null;
  return needed === 'any' || selected !== null;
}

async function capability({ conversation, signIn }: ImapState, { tag }: ImapCommand): Promise<void> {
  if (await conversation.isFaulty('capability', { t: tag })) return;
  const offers = signIn ? OFFERS_AFTER_LOGIN : OFFERS;
  await conversation.say(`* CAPABILITY ${offers}`, `${tag} OK CAPABILITY completed.`);
}

async function noop(state: ImapState, { tag, name }: ImapCommand): Promise<void> {
  await tellChanges(state);
  await state.conversation.say(`${tag} OK ${name} completed.`);
}

async function id({ conversation }: ImapState, { tag }: ImapCommand): Promise<void> {
  const fields = '("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")';
  await conversation.say(`* ID ${fields}`, `${tag} OK ID completed`);
}

async function logout({ conversation }: ImapState, { tag }: ImapCommand): Promise<void> {
  await conversation.say(
    '* BYE Microsoft Exchange Server IMAP4 server signing off.',
    `${tag} OK LOGOUT completed.`,
  );
  conversation.connection.end();
}
