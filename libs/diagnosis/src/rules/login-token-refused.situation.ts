import { breaks, login } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const loginTokenRefused: Situation = {
  servers: [breaks('imap.mailbox', 'authenticate', 'denied', login('NO AUTHENTICATE failed.'))],
  owner: 'ece-administrator',
  item: 'C5',
  says: 'IMAP refuses the token of sales@example.com',
};
