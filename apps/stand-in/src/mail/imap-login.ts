import type { ImapCommand } from './imap-command.ts';
import { BadCommand } from './imap-command.ts';
import type { ImapState } from './imap-state.ts';
import { refusesToken, signIn } from './sign-in.ts';

/** AUTHENTICATE, with the initial response or after a continuation (RFC 4959). */
export async function authenticate(state: ImapState, { tag, args }: ImapCommand): Promise<void> {
  const { conversation } = state;
  const [mechanism, initial, more] = args;
  if (typeof mechanism !== 'string' || (initial !== undefined && typeof initial !== 'string') || more) {
    throw new BadCommand(tag, 'imap-command-argument-error-12', 'not AUTHENTICATE mechanism response');
  }
  const isToken = mechanism.toUpperCase() === 'XOAUTH2';
  if (!isToken && mechanism.toUpperCase() !== 'PLAIN') {
    throw new BadCommand(tag, 'imap-command-argument-error-12', 'another mechanism');
  }
  const response = initial ?? (await askForResponse(state));
  if (response === '*')
    return conversation.say(`${tag} BAD The AUTH protocol exchange was canceled by the client.`);
  if (isToken) return useToken(state, tag, response);
  return refusePassword(state, tag, 'AUTHENTICATE');
}

/** LOGIN: passwords have been refused for everybody since 2023. */
export async function login(state: ImapState, { tag, args }: ImapCommand): Promise<void> {
  if (args.length !== 2)
    throw new BadCommand(tag, 'imap-command-argument-error-12', 'not LOGIN name password');
  return refusePassword(state, tag, 'LOGIN');
}

async function askForResponse({ conversation }: ImapState): Promise<string> {
  await conversation.say('+ ');
  return conversation.readLine();
}

async function refusePassword({ conversation }: ImapState, t: string, command: string): Promise<void> {
  const values = { t, command };
  if (!(await conversation.isFaulty('password', values)))
    await conversation.give('imap-password-refused', values);
}

async function useToken(state: ImapState, t: string, response: string): Promise<void> {
  const { conversation } = state;
  const asked = await signIn(response, 'imap', conversation.world);
  const names = [asked.mailbox, asked.trustee ?? ''].filter(Boolean);
  if (await conversation.isFaulty('login', { t, command: 'LOGIN' }, names)) return;
  if (asked.refusal && refusesToken(asked.refusal)) return conversation.give('imap-token-refused', { t });
  // The token is good; whether the mailbox opens is said later (imap-authenticated-not-connected).
  state.signIn = asked;
  conversation.names = names;
  await conversation.say(`${t} OK AUTHENTICATE completed.`);
}
