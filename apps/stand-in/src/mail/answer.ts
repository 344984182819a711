import type { MailProtocol } from './mail-world.ts';

/**
 * Where in a conversation an answer is given:
 * `handshake` instead of TLS · `greeting` first of all · `capability` to CAPABILITY and CAPA · `hello` to EHLO ·
 * `starttls` ·
 * `auth` to the mechanism's name · `password` to a login with a password · `login` to the XOAUTH2 string · `command` to
 * whatever comes after the login · `mailbox` to what opens or reads a mailbox · `sender` to MAIL FROM · `recipient` to
 * RCPT TO ·
 * `message` at the end of DATA.
 */
export type Step =
  | 'handshake'
  | 'greeting'
  | 'capability'
  | 'hello'
  | 'starttls'
  | 'auth'
  | 'password'
  | 'login'
  | 'command'
  | 'mailbox'
  | 'sender'
  | 'recipient'
  | 'message';

/** One of Exchange Online's answers, as data. */
export interface Answer {
  /** What it is in the field's words, such as `imap-token-refused`. */
  id: string;
  /** Its row in the list of known answers (`B1`), with `.2` and so on for further wordings. */
  source: string;
  /** What it stands for, in a few words. */
  meaning: string;
  protocols: readonly MailProtocol[];
  step: Step;
  /** Lines without their end. `<t>` is IMAP's tag, `<n>` milliseconds to wait, `<trace>` SMTP's trace; see `fill`. */
  says: readonly string[];
  /** What becomes of the connection: it stays, it is ended in good order, it is reset, or nothing more is ever said. */
  connection: 'stays' | 'ends' | 'resets' | 'stalls';
  /** The answer that follows when the client has said one more line. */
  followedBy?: string;
  /** Nothing is said, but the usual answer comes later. */
  delays?: true;
}

type More = Partial<Pick<Answer, 'connection' | 'followedBy' | 'delays' | 'protocols'>>;

/** Makes the rows of one protocol's table. */
export function rowsOf(protocol: MailProtocol) {
  return (
    id: string,
    source: string,
    meaning: string,
    step: Step,
    says: string | string[],
    more: More = {},
  ): Answer => ({
    id,
    source,
    meaning,
    protocols: [protocol],
    step,
    says: [says].flat(),
    connection: 'stays',
    ...more,
  });
}

/** Puts the values in their places; a place without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/<([a-z]+)>/g, (place, name: string) => values[name] ?? place);
}
