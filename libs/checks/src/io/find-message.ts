import { setTimeout as pause } from 'node:timers/promises';
import type { LentRun } from './lent-run.ts';
import type { ImapSession } from './imap-session.ts';
import { withImap } from './imap-session.ts';
import type { Pop3Session } from './pop3-session.ts';
import { withPop3 } from './pop3-session.ts';
import { PathError } from '../path-error.ts';

/** How the message is known again: Exchange Online may give it a Message-ID of its own. */
export interface Wanted {
  messageIds: readonly string[];
  mark: string;
}

/** What is told as it happens. `left` says why a message that was found is still there. */
export interface Finding {
  found: () => void;
  removed: () => void;
  left: (reason: string) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** A message that has just come is among the last ones. */
const NEWEST = 10;

/** Looks for the message by IMAP until the run ends, and removes it. */
export async function findByImap(lent: LentRun, wanted: Wanted, finding: Finding): Promise<void> {
  await withImap(lent, { readOnly: false }, async (session) => {
    const { client, dialogue } = session;
    const ids = wanted.messageIds.map((id) => ({ header: { 'message-id': id } }));
    for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
      const search = client.search({ or: [...ids, { subject: wanted.mark }] }, { uid: true });
      const uids = await dialogue.during(search);
      if (Array.isArray(uids) && uids.length > 0) {
        finding.found();
        return removeByImap(session, uids, finding, lent.run.signal);
      }
      await dialogue.during(pause(waitMs, undefined, { signal: lent.run.signal }));
      await dialogue.during(client.noop());
    }
  });
}

/** Only by UID: a plain EXPUNGE would remove what others have marked too. */
async function removeByImap(
  { client, dialogue }: ImapSession,
  uids: number[],
  finding: Finding,
  signal: AbortSignal,
): Promise<void> {
  const range = uids.join(',');
  try {
    if (!client.capabilities.has('UIDPLUS')) {
      await dialogue.during(client.messageFlagsAdd(range, ['\\Deleted'], { uid: true }));
      finding.left('the server cannot remove a single message (no UIDPLUS); it is only marked as deleted');
    } else if (await dialogue.during(client.messageDelete(range, { uid: true }))) finding.removed();
    else finding.left(whyLeft(dialogue.wrong, signal));
  } catch (error) {
    // The way of the mail is proven: what is left behind is told, and fails nothing.
    finding.left(whyLeft(error, signal));
    dialogue.forgive();
  }
}

/** The same by POP3, which shows what has come only to a new session. */
export async function findByPop3(lent: LentRun, wanted: Wanted, finding: Finding): Promise<void> {
  for (let waitMs = 2 * FIRST_PAUSE_MS, done = false; ; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
    await withPop3(lent, async (session) => {
      const number = await newestWith(wanted.mark, session);
      if (number === null) return;
      done = true;
      finding.found();
      await removeByPop3(session, number, finding, lent.run.signal);
    });
    if (done) return;
    await pause(waitMs, undefined, { signal: lent.run.signal });
  }
}

async function newestWith(mark: string, { messages, list }: Pop3Session): Promise<number | null> {
  for (let number = messages; number > Math.max(0, messages - NEWEST); number -= 1) {
    const headers = await list(`TOP ${number} 0`);
    if (headers.some((line) => line.includes(mark))) return number;
  }
  return null;
}

/** A message that is marked is removed at QUIT (RFC 1939, section 6), whose answer says whether it was. */
async function removeByPop3(
  { dialogue, ask }: Pop3Session,
  number: number,
  finding: Finding,
  signal: AbortSignal,
): Promise<void> {
  try {
    await ask(`DELE ${number}`);
    await ask('QUIT');
    finding.removed();
  } catch (error) {
    // The way of the mail is proven: what is left behind is told, and fails nothing.
    finding.left(whyLeft(error, signal));
    dialogue.forgive();
  }
}

function whyLeft(error: unknown, signal: AbortSignal): string {
  // At the deadline it is we who close the connection.
  if (signal.aborted) return 'the server did not answer before the time was over';
  return `the server ${error instanceof PathError ? error.message : 'did not remove it'}`;
}
