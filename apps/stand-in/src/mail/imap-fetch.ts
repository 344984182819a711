import type { Argument } from './imap-command.ts';
import { imapString } from './imap-command.ts';
import type { StoredMessage } from './mail-store.ts';
import { addressesOf, bodyOf, headerFields, headerOf, headerValue } from './message-header.ts';

const MACROS: Record<string, string[]> = {
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
};
const PLAIN = ['FLAGS', 'UID', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'];
const SECTION = /^BODY(\.PEEK)?\[(|HEADER|TEXT|HEADER\.FIELDS(?:\.NOT)? \(([^)]*)\))\](?:<(\d+)\.(\d+)>)?$/i;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The data items asked for, in capitals but for header names; null when one of them is none that is known. */
export function fetchItems(args: readonly Argument[]): string[] | null {
  const [asked, ...rest] = args;
  if (asked === undefined || rest.length > 0) return null;
  const listed = [asked].flat() as Argument[];
  const items = listed.flatMap((item) =>
    typeof item === 'string' ? (MACROS[item.toUpperCase()] ?? [item]) : [''],
  );
  const isKnown = (item: string): boolean => PLAIN.includes(item.toUpperCase()) || SECTION.test(item);
  return items.length > 0 && items.every(isKnown) ? items : null;
}

/** Whether fetching that marks the message as read. */
export function marksSeen(item: string): boolean {
  return item.includes('[') && !/^BODY\.PEEK/i.test(item);
}

/** One data item with its value. */
export function fetchItem(item: string, message: StoredMessage): Buffer {
  const section = SECTION.exec(item);
  if (section) return sectionOf(section, message);
  const name = item.toUpperCase();
  return Buffer.from(`${name} ${plainValue(name, message)}`, 'latin1');
}

function plainValue(name: string, message: StoredMessage): string {
  switch (name) {
    case 'FLAGS':
      return `(${[...message.flags].join(' ')})`;
    case 'UID':
      return String(message.uid);
    case 'INTERNALDATE':
      return `"${imapDate(message.internalDate)}"`;
    case 'RFC822.SIZE':
      return String(message.raw.length);
    default:
      return envelopeOf(message.raw);
  }
}

function sectionOf(section: RegExpExecArray, { raw }: StoredMessage): Buffer {
  const [, , what = '', fields = '', start, count] = section;
  let bytes = raw;
  if (/^HEADER$/i.test(what)) bytes = headerOf(raw);
  else if (/^TEXT$/i.test(what)) bytes = bodyOf(raw);
  else if (what !== '') bytes = someFields(raw, fields, /\.NOT/i.test(what));
  const from = start === undefined ? '' : `<${start}>`;
  if (start !== undefined) bytes = bytes.subarray(Number(start), Number(start) + Number(count));
  return Buffer.concat([
    Buffer.from(`BODY[${what.toUpperCase()}]${from} {${bytes.length}}\r\n`, 'latin1'),
    bytes,
  ]);
}

function someFields(raw: Buffer, names: string, others: boolean): Buffer {
  const wanted = names.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = headerFields(raw).filter(({ name }) => wanted.includes(name.toLowerCase()) !== others);
  return Buffer.from(`${kept.map(({ source }) => source.trimEnd()).join('\r\n')}\r\n\r\n`, 'latin1');
}

/** RFC 9051 section 7.5.2: an empty Sender or Reply-To is that of From. */
function envelopeOf(raw: Buffer): string {
  const text = (name: string): string => imapString(headerValue(raw, name));
  const people = (...names: string[]): string => {
    const value = names.map((name) => headerValue(raw, name)).find((each) => each !== null);
    const listed = addressesOf(value ?? '').map(
      ({ name, local, domain }) => `(${imapString(name)} NIL ${imapString(local)} ${imapString(domain)})`,
    );
    return listed.length === 0 ? 'NIL' : `(${listed.join('')})`;
  };
  const originators = [people('From'), people('Sender', 'From'), people('Reply-To', 'From')];
  const rest = [people('To'), people('Cc'), people('Bcc'), text('In-Reply-To'), text('Message-ID')];
  return `(${[text('Date'), text('Subject'), ...originators, ...rest].join(' ')})`;
}

function imapDate(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2, ' ');
  return `${day}-${MONTHS[at.getUTCMonth()]}-${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} +0000`;
}
