import type { Argument, ImapCommand } from './imap-command.ts';
import { BadCommand, imapString } from './imap-command.ts';
import type { ImapState } from './imap-state.ts';
import { FOLDERS, INBOX, type FolderName } from './mail-store.ts';

const SPECIAL_USE: Record<FolderName, string> = {
  INBOX: '\\Marked \\HasNoChildren',
  'Deleted Items': '\\HasNoChildren \\Trash',
  Drafts: '\\HasNoChildren \\Drafts',
  'Junk Email': '\\HasNoChildren \\Junk',
  'Sent Items': '\\HasNoChildren \\Sent',
};
const FLAGS = '\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent';

export async function namespace({ conversation }: ImapState, { tag }: ImapCommand): Promise<void> {
  await conversation.say('* NAMESPACE (("" "/")) NIL NIL', `${tag} OK NAMESPACE completed.`);
}

/** LIST and LSUB: every folder is subscribed. */
export async function list({ conversation }: ImapState, { tag, name, args }: ImapCommand): Promise<void> {
  const [reference, pattern] = args;
  if (typeof reference !== 'string' || typeof pattern !== 'string') {
    throw new BadCommand(tag, 'imap-command-argument-error-12', `not ${name} reference pattern`);
  }
  const found = FOLDERS.filter((folder) => matches(folder, reference + pattern));
  const lines = found.map((folder) => `* ${name} (${SPECIAL_USE[folder]}) "/" ${written(folder)}`);
  // An empty pattern asks for the delimiter alone.
  if (pattern === '') lines.push(`* ${name} (\\Noselect) "/" ""`);
  await conversation.say(...lines, `${tag} OK ${name} completed.`);
}

export async function status(state: ImapState, { tag, args }: ImapCommand): Promise<void> {
  const [name, items] = args;
  if (!Array.isArray(items))
    throw new BadCommand(tag, 'imap-command-argument-error-12', 'not STATUS folder (items)');
  const folderName = folderOf(name, tag);
  if (!folderName) return noFolder(state, tag);
  const { conversation, signIn } = state;
  const folder = conversation.world.store.folder(signIn?.mailbox ?? '', folderName);
  const numbers: Record<string, number> = {
    MESSAGES: folder.messages.length,
    RECENT: 0,
    UIDNEXT: folder.uidNext,
    UIDVALIDITY: folder.uidValidity,
    UNSEEN: folder.messages.filter(({ flags }) => !flags.has('\\Seen')).length,
  };
  const asked = items.map((item) => String(item).toUpperCase());
  if (asked.some((item) => numbers[item] === undefined))
    throw new BadCommand(tag, 'imap-command-argument-error-11', 'an unknown item');
  const shown = asked.map((item) => `${item} ${numbers[item]}`).join(' ');
  await conversation.say(`* STATUS ${written(folderName)} (${shown})`, `${tag} OK STATUS completed.`);
}

/** SELECT and EXAMINE. */
export async function select(state: ImapState, { tag, name, args }: ImapCommand): Promise<void> {
  if (args.length !== 1) throw new BadCommand(tag, 'imap-command-argument-error-12', `not ${name} folder`);
  state.selected = null;
  const folderName = folderOf(args[0], tag);
  if (!folderName) return noFolder(state, tag);
  const { conversation, signIn } = state;
  const folder = conversation.world.store.folder(signIn?.mailbox ?? '', folderName);
  const readOnly = name === 'EXAMINE';
  state.selected = { folder: folderName, readOnly, uids: folder.messages.map(({ uid }) => uid) };
  const unseen = folder.messages.findIndex(({ flags }) => !flags.has('\\Seen'));
  await conversation.say(
    `* ${folder.messages.length} EXISTS`,
    '* 0 RECENT',
    `* FLAGS (${FLAGS})`,
    `* OK [PERMANENTFLAGS (${readOnly ? '' : FLAGS})] Permanent flags`,
    ...(unseen === -1 ? [] : [`* OK [UNSEEN ${unseen + 1}] Is the first unseen message`]),
    `* OK [UIDVALIDITY ${folder.uidValidity}] UIDVALIDITY value`,
    `* OK [UIDNEXT ${folder.uidNext}] The next unique identifier value`,
    `${tag} OK [${readOnly ? 'READ-ONLY' : 'READ-WRITE'}] ${name} completed.`,
  );
}

/** The folder of that name; null when there is none. INBOX is one in any case of letters. */
export function folderOf(name: Argument | undefined, tag: string): FolderName | null {
  if (typeof name !== 'string') throw new BadCommand(tag, 'imap-command-argument-error-12', 'no folder name');
  return FOLDERS.find((each) => each === (name.toUpperCase() === INBOX ? INBOX : name)) ?? null;
}

export function noFolder({ conversation }: ImapState, tag: string): Promise<void> {
  return conversation.say(`${tag} NO [NONEXISTENT] Mailbox doesn't exist.`);
}

function written(folder: string): string {
  return folder.includes(' ') ? imapString(folder) : folder;
}

/** `*` and `%` are the same here, since no folder lies in another. */
function matches(folder: FolderName, pattern: string): boolean {
  const cased = (text: string): string => (folder === INBOX ? text.toLowerCase() : text);
  const name = cased(folder);
  const [start = '', ...others] = cased(pattern).split(/[*%]/);
  const end = others.pop();
  if (end === undefined) return name === start;
  if (!name.startsWith(start)) return false;
  // Each part as early as it goes: an expression of many wildcards would try every way to share the name out.
  let at = start.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}
