import type { Conversation } from './conversation.ts';
import type { MailStore } from './mail-store.ts';
import type { Pop3State } from './pop3-session.ts';
import { signIn } from './sign-in.ts';

/** Exchange Online reads no longer line, and tokens may be longer. */
export const POP3_LINE_BYTES = 4096;

/** AUTH: the mechanism alone, and then the token on a line of its own (RFC 5034 without the initial response). */
export async function authenticate(state: Pop3State, argument: string): Promise<void> {
  const { conversation } = state;
  const [mechanism = '', initial] = argument.split(' ');
  if (mechanism === '') return conversation.say('+OK', 'PLAIN', 'XOAUTH2', '.');
  if (await conversation.isFaulty('auth')) return;
  if (initial !== undefined) return conversation.give('pop3-auth-on-one-line');
  if (!/^(?:XOAUTH2|PLAIN)$/i.test(mechanism)) return conversation.say('-ERR Protocol error. 14');
  await conversation.say('+ ');
  // A line that is too long meets the same answer where all lines are read (pop3-token-too-long).
  const response = await conversation.readLine(POP3_LINE_BYTES);
  if (response === '*') return conversation.say('-ERR Authentication canceled.');
  if (/^PLAIN$/i.test(mechanism)) return refusePassword(state);
  return useToken(state, response);
}

/** Passwords have been refused for everybody since 2023. */
export async function refusePassword({ conversation }: Pop3State): Promise<void> {
  if (!(await conversation.isFaulty('password'))) await conversation.give('pop3-password-refused');
}

async function useToken(state: Pop3State, response: string): Promise<void> {
  const { conversation } = state;
  const { world } = conversation;
  const asked = await signIn(response, 'pop3', world);
  const names = [asked.mailbox, asked.trustee ?? ''].filter(Boolean);
  if (await conversation.isFaulty('login', {}, names)) return;
  // Whatever it is, POP3 says the same.
  if (asked.refusal) return conversation.give('pop3-sign-in-refused');
  if (!lock(state, asked.mailbox)) return conversation.give('pop3-mailbox-locked');
  conversation.names = names;
  state.mailbox = asked.mailbox;
  state.messages = [...world.store.list(asked.mailbox)];
  await conversation.say('+OK User successfully authenticated.');
}

/** Who has which mailbox, of each store. */
const holders = new WeakMap<MailStore, Map<string, Conversation>>();

/** One session has the mailbox for itself (RFC 1939 section 4), as long as its connection lasts. */
function lock({ conversation }: Pop3State, mailbox: string): boolean {
  const { store } = conversation.world;
  const held = holders.get(store) ?? new Map<string, Conversation>();
  holders.set(store, held);
  const key = mailbox.toLowerCase();
  if (held.has(key)) return false;
  held.set(key, conversation);
  conversation.connection.onGone(() => unlock(conversation, mailbox));
  return true;
}

/** Lets the next session in, at the end of this one and not only when its connection is gone. */
export function unlock(conversation: Conversation, mailbox: string): void {
  const held = holders.get(conversation.world.store);
  const key = mailbox.toLowerCase();
  if (held?.get(key) === conversation) held.delete(key);
}
