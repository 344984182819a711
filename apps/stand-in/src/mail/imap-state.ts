import type { Conversation } from './conversation.ts';
import type { FolderName, StoredMessage } from './mail-store.ts';
import type { SignIn } from './sign-in.ts';

/** The folder that is selected, as this session knows it. */
export interface Selection {
  folder: FolderName;
  readOnly: boolean;
  /** UIDs by sequence number less one. They change only when the client is told. */
  uids: number[];
}

/** One IMAP session. */
export interface ImapState {
  conversation: Conversation;
  signIn: SignIn | null;
  selected: Selection | null;
}

/** The messages with these UIDs that are still there, with their sequence numbers. */
export function messagesOf(
  state: ImapState,
  uids: readonly number[],
): { message: StoredMessage; number: number }[] {
  const { selected, conversation, signIn } = state;
  if (!selected || !signIn) return [];
  return uids.flatMap((uid) => {
    const message = conversation.world.store.fetch(signIn.mailbox, uid, selected.folder);
    return message ? [{ message, number: selected.uids.indexOf(uid) + 1 }] : [];
  });
}

/** Tells the client what came and went in its folder since it was told last. */
export async function tellChanges({ conversation, selected, signIn }: ImapState): Promise<void> {
  if (!selected || !signIn) return;
  const now = conversation.world.store.list(signIn.mailbox, selected.folder).map(({ uid }) => uid);
  const there = new Set(now);
  const lines: string[] = [];
  // From the end, so that the numbers of those before stay what they are.
  for (let index = selected.uids.length - 1; index >= 0; index -= 1) {
    if (!there.has(selected.uids[index] as number)) lines.push(`* ${index + 1} EXPUNGE`);
  }
  const kept = selected.uids.filter((uid) => there.has(uid)).length;
  if (now.length > kept) lines.push(`* ${now.length} EXISTS`, '* 0 RECENT');
  selected.uids = now;
  if (lines.length > 0) await conversation.say(...lines);
}
