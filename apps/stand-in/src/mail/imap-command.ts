import type { Conversation } from './conversation.ts';
import { LineTooLong } from './line-connection.ts';

/** An atom or string, or a list in parentheses. */
export type Argument = string | Argument[];

export interface ImapCommand {
  tag: string;
  /** In capitals. */
  name: string;
  /** Whether UID stood before it: numbers are UIDs then. */
  byUid: boolean;
  args: Argument[];
}

/** A command that cannot be read or obeyed; the row says how the client is told. */
export class BadCommand extends Error {
  readonly tag: string;
  readonly row: 'imap-command-argument-error-11' | 'imap-command-argument-error-12' | 'imap-command-error';

  constructor(
    tag: string,
    row: 'imap-command-argument-error-11' | 'imap-command-argument-error-12' | 'imap-command-error',
    message: string,
  ) {
    super(message);
    this.tag = tag;
    this.row = row;
  }
}

const COMMAND_BYTES = 64 * 1024;
/** More than any client needs, and few enough to go through one within another. */
const MAX_TOKENS = 500;
const LITERAL = /\{(\d{1,9})(\+?)\}$/;
const HAVE_UID = ['FETCH', 'SEARCH', 'STORE', 'COPY', 'MOVE', 'EXPUNGE'];
/** A parenthesis, a quoted string, or an atom, which may hold a section in brackets. */
const TOKEN = /\s*(?:([()])|"((?:[^"\\]|\\["\\])*)"|((?:[^\s()"[\]]|\[[^\]]*\])+))/y;

interface Token {
  text: string;
  isMark: boolean;
}

/** The next command with its literals, of both kinds (RFC 9051 section 4.3). Throws BadCommand. */
export async function readCommand(conversation: Conversation): Promise<ImapCommand> {
  const tokens: Token[] = [];
  let size = 0;
  for (;;) {
    const line = await nextLine(conversation);
    const tag = tokens[0]?.text ?? /^\S+/.exec(line)?.[0] ?? '*';
    const literal = LITERAL.exec(line);
    size += line.length + Number(literal?.[1] ?? 0);
    if (size > COMMAND_BYTES) {
      // What comes without being asked for cannot be told from commands any more once it is not read.
      if (literal?.[2]) conversation.connection.end();
      throw new BadCommand(tag, 'imap-command-error', 'too long');
    }
    tokens.push(...tokensOf(literal ? line.slice(0, literal.index) : line, tag));
    if (tokens.length > MAX_TOKENS) throw new BadCommand(tag, 'imap-command-error', 'too many arguments');
    if (!literal) return commandOf(tokens, tag);
    if (!literal[2]) await conversation.say('+ Ready for additional command text.');
    const text = (await conversation.connection.readBytes(Number(literal[1]))).toString('latin1');
    tokens.push({ text, isMark: false });
  }
}

/** A string as it goes over the wire: quoted, or as a literal when it has to be. */
export function imapString(text: string | null): string {
  if (text === null) return 'NIL';
  if (/[^ -~]/.test(text)) return `{${text.length}}\r\n${text}`;
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

async function nextLine(conversation: Conversation): Promise<string> {
  try {
    return await conversation.readLine();
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    throw new BadCommand(/^\S+/.exec(error.start)?.[0] ?? '*', 'imap-command-error', error.message);
  }
}

function tokensOf(line: string, tag: string): Token[] {
  const tokens: Token[] = [];
  const text = line.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const found = TOKEN.exec(text);
    if (!found) throw new BadCommand(tag, 'imap-command-error', 'malformed');
    const [, mark, quoted, atom = ''] = found;
    tokens.push({
      text: mark ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? atom,
      isMark: mark !== undefined,
    });
  }
  return tokens;
}

function commandOf(tokens: readonly Token[], tag: string): ImapCommand {
  const [, first, second] = tokens;
  if (!first || first.isMark) throw new BadCommand(tag, 'imap-command-error', 'no command');
  const name = first.text.toUpperCase();
  const byUid = name === 'UID' && HAVE_UID.includes(second?.text.toUpperCase() ?? '');
  if (!byUid) return { tag, name, byUid, args: treeOf(tokens.slice(2), tag) };
  return { tag, name: second?.text.toUpperCase() ?? '', byUid, args: treeOf(tokens.slice(3), tag) };
}

function treeOf(tokens: readonly Token[], tag: string): Argument[] {
  const open: Argument[][] = [[]];
  for (const { text, isMark } of tokens) {
    if (!isMark) open.at(-1)?.push(text);
    else if (text === '(') open.push([]);
    else {
      const list = open.pop() as Argument[];
      if (open.length === 0) throw new BadCommand(tag, 'imap-command-error', 'a parenthesis too many');
      open.at(-1)?.push(list);
    }
  }
  if (open.length !== 1) throw new BadCommand(tag, 'imap-command-error', 'an open parenthesis');
  return open[0] as Argument[];
}
