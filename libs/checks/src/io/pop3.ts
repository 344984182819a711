import { UnexpectedReply } from '../path-error.ts';
import type { LineReader } from './line-reader.ts';
import { otherSpeaker } from './spoken.ts';

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
