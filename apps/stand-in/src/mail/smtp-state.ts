import type { Conversation } from './conversation.ts';
import type { SignIn } from './sign-in.ts';

/** One session of submission. */
export interface SmtpState {
  conversation: Conversation;
  /** The client's address, as EHLO's answer shows it. */
  client: string;
  /** The client's name for itself; null before EHLO. */
  hello: string | null;
  isSecured: boolean;
  signIn: SignIn | null;
  /** The message that is being sent; null before MAIL FROM. */
  envelope: { from: string; to: string[] } | null;
  /** What BDAT brought so far. */
  chunks: Buffer[];
}

/** Forgets the message that is being sent. */
export function resetEnvelope(state: SmtpState): void {
  state.envelope = null;
  state.chunks = [];
}
