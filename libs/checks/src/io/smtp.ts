import { isIP } from 'node:net';
import { shortened, UnexpectedReply } from '../path-error.ts';
import type { LineReader } from './line-reader.ts';
import { meaningOf } from './mail-answers.ts';
import { otherSpeaker } from './spoken.ts';

/** A reply of one or more lines (RFC 5321, section 4.2.1), each without its code. */
export interface SmtpReply {
  code: number;
  lines: string[];
  /** The last line as it came. */
  last: string;
  /** All lines as they came, with a blank between two. */
  whole: string;
}

/** Reads a whole reply; throws where a line has no code or the code changes on the way. */
export async function smtpReply(reader: LineReader): Promise<SmtpReply> {
  const lines: string[] = [];
  const raw: string[] = [];
  for (let code: string | undefined; ;) {
    const last = await reader.line();
    const [, found, more, text = ''] = /^(\d{3})([ -]|$)(.*)$/.exec(last) ?? [];
    if (found === undefined || (code !== undefined && code !== found)) {
      throw new UnexpectedReply(last, 'an SMTP reply', otherSpeaker(last, 'an SMTP or FTP server'));
    }
    code = found;
    raw.push(last);
    lines.push(text);
    if (more !== '-') return { code: Number(code), lines, last, whole: raw.join(' ') };
  }
}

/**
 * Sends a command (none for the greeting) and reads its reply, which must have this code. A refusal counts for what it
 * means; but one to STARTTLS, which Exchange Online always takes, is not Exchange Online's.
 */
export async function smtpExchange(
  reader: LineReader,
  command: string | null,
  wanted: number,
): Promise<SmtpReply> {
  if (command !== null) reader.send(command);
  const reply = await smtpReply(reader);
  if (reply.code === wanted) return reply;
  const to = command === null ? 'as the greeting' : `to ${command.split(' ', 1)[0]}`;
  // RFC 5321, section 4.5.3.1.5: a reply's reason may stand in any of its lines.
  const isRefusal = reply.code >= 400 && command !== 'STARTTLS';
  const code = isRefusal ? meaningOf('smtp', reply.whole) : undefined;
  throw new UnexpectedReply(reply.whole, `${wanted} ${to}`, delay(reply.code), code);
}

/** RFC 5321, section 4.2.1: a 4xx asks to come again, a 5xx not to. */
function delay(code: number): string {
  if (code >= 400 && code <= 499) return ': it turns this client away for now';
  return code >= 500 && code <= 599 ? ': it turns this client away for good' : '';
}

/**
 * This machine's public address, as the other end tells it in its first line to EHLO (`Hello [203.0.113.7]`); null
 * where it does not.
 */
export function helloAddress(lines: readonly string[]): string | null {
  const [, address = ''] = /\bHello \[(?:IPv6:)?([0-9a-f:.]{2,45})\]/i.exec(lines[0] ?? '') ?? [];
  return isIP(address) === 0 ? null : address;
}

/**
 * What a firewall's SMTP inspection leaves behind: it writes X over the words that it does not want to be understood,
 * and asterisks over the greeting. Empty when there is no such trace.
 */
export function tracesOfInspection(greeting: string, offered: readonly string[]): string {
  const crossedOut = offered.find((line) => /^X{4,}[A-Z]?$/.test(line.trim()));
  const traces = [
    ...(crossedOut === undefined ? [] : [`"${crossedOut.trim()}" stands where a word was crossed out`]),
    ...(/^220[ -][* ]{4,}/.test(greeting) ? [`its greeting is masked ("${shortened(greeting)}")`] : []),
  ];
  return traces.length === 0 ? '' : `: ${traces.join(', and ')}, as a firewall that inspects SMTP does`;
}

/** Who we say we are: an address literal (RFC 5321, section 4.1.3), which is always true. */
export function ehloName(localAddress: string | undefined): string {
  const address = ((localAddress ?? '127.0.0.1').split('%', 1)[0] as string).replace(/^::ffff:(?=\d+\.)/, '');
  return address.includes(':') ? `[IPv6:${address}]` : `[${address}]`;
}
