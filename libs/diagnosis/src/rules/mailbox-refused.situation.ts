import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const mailboxRefused: Situation = {
  servers: [
    breaks('imap.mailbox', 'open-mailbox', 'denied', {
      mailbox: { opened: false, reply: 'BAD User is authenticated but not connected.' },
    }),
  ],
  owner: 'exchange',
  item: 'C8',
  says: 'BAD User is authenticated but not connected.',
};
