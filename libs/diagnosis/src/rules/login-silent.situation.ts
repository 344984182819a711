import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const loginSilent: Situation = {
  servers: [breaks('imap.mailbox', 'authenticate', 'closed')],
  owner: 'network',
  item: 'X8',
  says: 'breaks off while sales@example.com signs in',
};
