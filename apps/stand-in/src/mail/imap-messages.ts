import type { Argument, ImapCommand } from './imap-command.ts';
import { BadCommand } from './imap-command.ts';
import { fetchItem, fetchItems, marksSeen } from './imap-fetch.ts';
import { folderOf } from './imap-folders.ts';
import { searchTest } from './imap-search.ts';
import { numbersOf } from './imap-set.ts';
import { messagesOf, tellChanges, type ImapState, type Selection } from './imap-state.ts';

const FLAG = /^(?:\\(?:Seen|Answered|Flagged|Deleted|Draft)|[A-Za-z$][\w$.-]{0,63})$/i;
const STORE = /^([+-]?)FLAGS(\.SILENT)?$/i;
const MAX_FLAGS = 64;
const READ_ONLY = 'NO Command is not allowed in a read-only folder.';

export async function fetch(state: ImapState, command: ImapCommand): Promise<void> {
  const { conversation, selected } = state;
  const uids = await uidsOf(state, command);
  const asked = fetchItems(command.args.slice(1));
  if (!asked) throw new BadCommand(command.tag, 'imap-command-argument-error-11', 'an unknown data item');
  if (!uids) return;
  const items = command.byUid && !asked.some((item) => /^UID$/i.test(item)) ? ['UID', ...asked] : asked;
  for (const { message, number } of messagesOf(state, uids)) {
    if (items.some(marksSeen) && !selected?.readOnly) message.flags.add('\\Seen');
    const values = items.flatMap((item, index) => [
      Buffer.from(index === 0 ? '' : ' '),
      fetchItem(item, message),
    ]);
    await conversation.connection.write(
      Buffer.concat([Buffer.from(`* ${number} FETCH (`), ...values, Buffer.from(')\r\n')]),
    );
  }
  await conversation.say(`${command.tag} OK FETCH completed.`);
}

export async function store(state: ImapState, command: ImapCommand): Promise<void> {
  const { conversation, selected } = state;
  const { tag, args, byUid } = command;
  const uids = await uidsOf(state, command);
  const [, sign, silent] = STORE.exec(String(args[1])) ?? [];
  const flags = args.slice(2).flat() as Argument[];
  if (sign === undefined || flags.some((flag) => typeof flag !== 'string' || !FLAG.test(flag))) {
    throw new BadCommand(tag, 'imap-command-argument-error-11', 'not STORE set FLAGS (flags)');
  }
  if (!uids) return;
  if (selected?.readOnly) return conversation.say(`${tag} ${READ_ONLY}`);
  const named = flags.map((flag) => canonical(String(flag)));
  for (const { message, number } of messagesOf(state, uids)) {
    const after = changed(message.flags, sign, named);
    if (after.size > MAX_FLAGS) return conversation.say(`${tag} NO Too many flags.`);
    message.flags = after;
    if (silent) continue;
    const uid = byUid ? ` UID ${message.uid}` : '';
    await conversation.say(`* ${number} FETCH (FLAGS (${[...message.flags].join(' ')})${uid})`);
  }
  await conversation.say(`${tag} OK STORE completed.`);
}

export async function search(state: ImapState, { tag, args, byUid }: ImapCommand): Promise<void> {
  const { uids } = state.selected as Selection;
  const test = searchTest(args, { uids, numbers: uids.map((_, index) => index + 1) });
  if (!test) throw new BadCommand(tag, 'imap-command-argument-error-11', 'an unknown search key');
  const found = messagesOf(state, uids)
    .filter(({ message, number }) => test(message, number))
    .map(({ message, number }) => ` ${byUid ? message.uid : number}`);
  await state.conversation.say(`* SEARCH${found.join('')}`, `${tag} OK SEARCH completed.`);
}

/** EXPUNGE, and UID EXPUNGE of some (RFC 4315). */
export async function expunge(state: ImapState, command: ImapCommand): Promise<void> {
  const { conversation, selected, signIn } = state;
  const { tag, byUid } = command;
  const only = byUid ? await uidsOf(state, command) : undefined;
  if (only === null || !selected || !signIn) return;
  if (selected.readOnly) return conversation.say(`${tag} ${READ_ONLY}`);
  conversation.world.store.expunge(signIn.mailbox, selected.folder, only && new Set(only));
  await tellChanges(state);
  await conversation.say(`${tag} OK EXPUNGE completed.`);
}

/** COPY and MOVE (RFC 6851), with the numbers there (RFC 4315). */
export async function transfer(state: ImapState, command: ImapCommand): Promise<void> {
  const { conversation, selected, signIn } = state;
  const { tag, name, args } = command;
  const uids = await uidsOf(state, command);
  const target = folderOf(args[1], tag);
  if (!uids || !selected || !signIn) return;
  if (!target) return conversation.say(`${tag} NO [TRYCREATE] Mailbox doesn't exist.`);
  const moves = name === 'MOVE';
  if (moves && selected.readOnly) return conversation.say(`${tag} ${READ_ONLY}`);
  const { store: mail } = conversation.world;
  const pairs = messagesOf(state, uids).map(({ message }) => {
    const options = { folder: target, at: message.internalDate, flags: message.flags };
    const copy = mail.deliver(signIn.mailbox, message.raw, options);
    if (moves) mail.markDeleted(signIn.mailbox, message.uid, selected.folder);
    return [message.uid, copy.uid] as const;
  });
  const { uidValidity } = mail.folder(signIn.mailbox, target);
  const code = `[COPYUID ${uidValidity} ${pairs.map(([from]) => from).join(',')} ${pairs.map(([, to]) => to).join(',')}]`;
  if (moves) {
    if (pairs.length > 0) await conversation.say(`* OK ${code}`);
    mail.expunge(signIn.mailbox, selected.folder, new Set(pairs.map(([from]) => from)));
    await tellChanges(state);
  }
  await conversation.say(`${tag} OK ${moves || pairs.length === 0 ? '' : `${code} `}${name} completed.`);
}

/** CLOSE removes what is marked, UNSELECT does not; neither says what went. */
export async function unselect(state: ImapState, { tag, name }: ImapCommand): Promise<void> {
  const { conversation, selected, signIn } = state;
  state.selected = null;
  if (name === 'CLOSE' && selected && !selected.readOnly) {
    conversation.world.store.expunge(signIn?.mailbox ?? '', selected.folder);
  }
  await conversation.say(`${tag} OK ${name} completed.`);
}

/** The UIDs of the set in the first argument; null when the set is none, and the client has been told. */
async function uidsOf(state: ImapState, { tag, args, byUid }: ImapCommand): Promise<number[] | null> {
  const { uids } = state.selected as Selection;
  const numbers = byUid ? uids : uids.map((_, index) => index + 1);
  const found = numbersOf(String(args[0]), numbers);
  if (!found) {
    await state.conversation.say(`${tag} BAD The specified message set is invalid.`);
    return null;
  }
  return byUid ? found : found.map((number) => uids[number - 1] as number);
}

function changed(flags: ReadonlySet<string>, sign: string, named: readonly string[]): Set<string> {
  if (sign === '+') return new Set([...flags, ...named]);
  return sign === '-' ? new Set([...flags].filter((flag) => !named.includes(flag))) : new Set(named);
}

/** System flags are one in any case of letters. */
function canonical(flag: string): string {
  return flag.startsWith('\\') ? `\\${flag.charAt(1).toUpperCase()}${flag.slice(2).toLowerCase()}` : flag;
}
