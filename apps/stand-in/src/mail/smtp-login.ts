import { refusesToken, signIn, type Refusal } from './sign-in.ts';
import type { SmtpState } from './smtp-state.ts';

/** How SMTP says that the mailbox may not submit; every other reason is smtp-token-refused. */
const ROW_OF: Partial<Record<Refusal, string>> = {
  'smtp-off-for-tenant': 'smtp-auth-disabled-tenant',
  'smtp-off-for-mailbox': 'smtp-auth-disabled-mailbox',
};

/** AUTH (RFC 4954): XOAUTH2 with and without initial response, and LOGIN to refuse it. */
export async function authenticate(state: SmtpState, argument: string): Promise<void> {
  const { conversation, isSecured } = state;
  const [mechanism = '', initial] = argument.split(' ');
  if (!isSecured) return conversation.give('smtp-authentication-type-unrecognized');
  if (state.signIn) return conversation.say('503 5.5.2 Already authenticated');
  if (await conversation.isFaulty('auth')) return;
  if (/^XOAUTH2$/i.test(mechanism)) return useToken(state, initial);
  if (/^LOGIN$/i.test(mechanism)) return refusePassword(state, initial);
  return conversation.give('smtp-authentication-type-unrecognized');
}

/** A password is asked for and refused, whatever it is. */
async function refusePassword({ conversation }: SmtpState, initial: string | undefined): Promise<void> {
  if (initial === undefined) await conversation.say(`334 ${base64('Username:')}`);
  if ((initial ?? (await conversation.readLine())) === '*') return canceled({ conversation });
  await conversation.say(`334 ${base64('Password:')}`);
  if ((await conversation.readLine()) === '*') return canceled({ conversation });
  if (!(await conversation.isFaulty('password')))
    await conversation.give('smtp-basic-authentication-disabled');
}

async function useToken(state: SmtpState, initial: string | undefined): Promise<void> {
  const { conversation } = state;
  if (initial === undefined) await conversation.say('334 ');
  const response = initial ?? (await conversation.readLine());
  if (response === '*') return canceled(state);
  const asked = await signIn(response, 'smtp', conversation.world);
  const names = [asked.mailbox, asked.trustee ?? ''].filter(Boolean);
  if (await conversation.isFaulty('login', {}, names)) return;
  if (asked.refusal) {
    return conversation.give(
      refusesToken(asked.refusal) ? 'smtp-token-refused' : (ROW_OF[asked.refusal] ?? 'smtp-token-refused'),
    );
  }
  state.signIn = asked;
  conversation.names = names;
  await conversation.say('235 2.7.0 Authentication successful');
}

function canceled({ conversation }: Pick<SmtpState, 'conversation'>): Promise<void> {
  return conversation.say('501 5.7.0 Authentication canceled');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
