import type { Phase } from '@mailpath/protocol';
import type { Claim } from '../claims.ts';
import type { Told } from '../words/told.ts';

/** What a sentence states that says by which protocols a step is refused to which mailboxes. */
export const denials = (step: Phase, { mailboxes, protocols }: Told): Claim[] =>
  mailboxes.flatMap((mailbox) => protocols.map((protocol) => ({ claim: 'denies', step, mailbox, protocol })));
