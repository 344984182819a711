import type { ImapCommand } from './imap-command.ts';
import { tellChanges, type ImapState } from './imap-state.ts';

/** IDLE (RFC 2177): changes are told as they come, until DONE. */
export async function idle(state: ImapState, { tag }: ImapCommand): Promise<void> {
  const { conversation } = state;
  await conversation.say('+ IDLE accepted, awaiting DONE command.');
  let telling = Promise.resolve();
  const stop = conversation.world.store.onChanged(() => {
    telling = telling.then(() => tellChanges(state));
    // It is awaited below; a client that is gone is noticed there by the line that does not come.
    telling.catch(() => {});
  });
  try {
    const line = await conversation.readLine();
    stop();
    await telling;
    if (/^DONE$/i.test(line)) await conversation.say(`${tag} OK IDLE completed.`);
    else await conversation.give('imap-command-error', { t: tag });
  } finally {
    stop();
  }
}
