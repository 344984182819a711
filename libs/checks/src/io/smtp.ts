import { UnexpectedReply } from '../path-error.ts';
import type { LineReader } from './line-reader.ts';

/** A reply of one or more lines (RFC 5321, section 4.2.1), each without its code. */
export interface SmtpReply {
  code: number;
  lines: string[];
  /** The last line as it came. */
  last: string;
}

/** Reads a whole reply; throws where a line has no code or the code changes on the way. */
export async function smtpReply(reader: LineReader): Promise<SmtpReply> {
  const lines: string[] = [];
  for (let code: string | undefined; ;) {
    const last = await reader.line();
    const [, found, more, text = ''] = /^(\d{3})([ -]|$)(.*)$/.exec(last) ?? [];
    if (found === undefined || (code !== undefined && code !== found)) {
      throw new UnexpectedReply(last, 'an SMTP reply');
    }
    code = found;
    lines.push(text);
    if (more !== '-') return { code: Number(code), lines, last };
  }
}

/** Sends a command (none for the greeting) and reads its reply, which must have this code. */
export async function smtpExchange(
  reader: LineReader,
  command: string | null,
  wanted: number,
): Promise<SmtpReply> {
  if (command !== null) reader.send(command);
  const reply = await smtpReply(reader);
  if (reply.code === wanted) return reply;
  const to = command === null ? 'as the greeting' : `to ${command.split(' ', 1)[0]}`;
  throw new UnexpectedReply(reply.last, `${wanted} ${to}`);
}

/** Who we say we are: an address literal (RFC 5321, section 4.1.3), which is always true. */
export function ehloName(localAddress: string | undefined): string {
  const address = (localAddress ?? '127.0.0.1').replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '');
  return address.includes(':') ? `[IPv6:${address}]` : `[${address}]`;
}
