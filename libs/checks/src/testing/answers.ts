import type { Socket } from 'node:net';

/**
 * What a test's server says to a command instead of what Exchange Online says: a text (`<t>` stands for IMAP's tag), or
 * what is made of the line; nothing when that is undefined.
 */
export type Answer = string | ((line: string, socket: Socket) => string | undefined);
/**
 * Answers by command: its first word in capitals, `MAIL FROM` and `RCPT TO` for SMTP's, `.` for the end of a message.
 */
export type Answers = Readonly<Record<string, Answer>>;

/** How a server takes a sign-in. */
export interface SignInTalk {
  /** The verdict on a credential, which is handed over as it came. */
  verdict?: Answer;
  /** Said first, in base64, and answered by an empty line (RFC 7628, section 3.2.3). */
  challenge?: string;
  answers?: Answers;
}

/** Says the answer, if there is one. */
export function sayAnswer(answer: Answer, line: string, socket: Socket, tag = ''): void {
  const text = typeof answer === 'string' ? answer : answer(line, socket);
  if (text !== undefined) socket.write(`${text.replaceAll('<t>', tag)}\r\n`);
}

/** The rest of a SASL exchange once the credential is there: a challenge if there is one, and the verdict. */
export function judge(
  talk: SignInTalk,
  credential: string,
  otherwise: string,
  { socket, tag = '', prefix = '+' }: { socket: Socket; tag?: string; prefix?: string },
  next: (hear: (line: string) => void) => void,
): void {
  const verdict = () => sayAnswer(talk.verdict ?? otherwise, credential, socket, tag);
  if (talk.challenge === undefined) return verdict();
  socket.write(`${prefix} ${Buffer.from(talk.challenge).toString('base64')}\r\n`);
  next((line) => {
    if (line === '') verdict();
    else socket.destroy();
  });
}
