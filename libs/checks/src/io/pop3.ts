import { UnexpectedReply } from '../path-error.ts';
import type { LineReader } from './line-reader.ts';
import { meaningOf } from './mail-answers.ts';
import { otherSpeaker } from './spoken.ts';

/** The greeting (RFC 1939, section 4). A server that turns this client away with it has said why. */
export async function pop3Greeting(reader: LineReader): Promise<string> {
  const line = await reader.line();
  if (/^\+OK(?: |$)/i.test(line)) return line;
  const code = /^-ERR(?: |$)/i.test(line) ? meaningOf('pop3', line) : undefined;
  throw new UnexpectedReply(line, 'the greeting +OK', otherSpeaker(line, 'a POP3 server'), code);
}

/** One status line that must be `+OK` (RFC 1939, section 3). `expected` says of what it is the answer. */
export async function pop3Ok(reader: LineReader, expected: string): Promise<string> {
  const line = await reader.line();
  if (/^\+OK(?: |$)/i.test(line)) return line;
  throw new UnexpectedReply(line, expected, otherSpeaker(line, 'a POP3 server'));
}

/** A command with a multi-line answer; answers its lines without the closing dot. */
export async function pop3Lines(reader: LineReader, command: string): Promise<string[]> {
  reader.send(command);
  await pop3Ok(reader, `+OK to ${command}`);
  return pop3Rest(reader);
}

/** The lines of a multi-line answer after its status line, without the closing dot. */
export async function pop3Rest(reader: LineReader): Promise<string[]> {
  const lines: string[] = [];
  for (;;) {
    const line = await reader.line();
    if (line === '.') return lines;
    lines.push(line.replace(/^\.\./, '.'));
  }
}
