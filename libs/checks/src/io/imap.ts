import { UnexpectedReply } from '../path-error.ts';
import type { LineReader } from './line-reader.ts';
import { meaningOf } from './mail-answers.ts';
import { otherSpeaker } from './spoken.ts';

/**
 * The greeting (RFC 3501, section 7.1). A server that says BYE, or takes us for somebody it knows, is not one to log in
 * to.
 */
export async function imapGreeting(reader: LineReader): Promise<string> {
  const line = await reader.line();
  const fault = imapGreetingFault(line);
  if (fault) throw fault;
  return line;
}

/** What is wrong with a greeting; null when nothing is. */
export function imapGreetingFault(line: string): UnexpectedReply | null {
  if (/^\* OK\b/i.test(line)) return null;
  const code = /^\* BYE\b/i.test(line) ? meaningOf('imap', line) : undefined;
  return new UnexpectedReply(line, 'the greeting * OK', remarkOn(line), code);
}

function remarkOn(line: string): string {
  if (/^\* BYE\b/i.test(line)) return ': the server turns this client away before it has asked for anything';
  if (/^\* PREAUTH\b/i.test(line))
    return ': it takes this client for one that is signed in, as Exchange Online never does';
  return otherSpeaker(line, 'an IMAP server');
}

/** One tagged command; answers its untagged lines. Throws when the server says NO, BAD or BYE. */
export async function imapCommand(reader: LineReader, tag: string, command: string): Promise<string[]> {
  reader.send(`${tag} ${command}`);
  const untagged: string[] = [];
  for (;;) {
    const line = await reader.line();
    if (line.startsWith(`${tag} `)) {
      if (/^\S+ OK\b/i.test(line)) return untagged;
      throw new UnexpectedReply(line, `${tag} OK`);
    }
    if (!line.startsWith('* ') || /^\* BYE\b/i.test(line)) throw new UnexpectedReply(line, `${tag} OK`);
    untagged.push(line);
  }
}
