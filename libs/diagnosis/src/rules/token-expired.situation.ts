import { claimsOf } from '../testing/healthy.ts';
import { breaks, login } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenExpired: Situation = {
  servers: [
    breaks('imap.mailbox', 'authenticate', 'denied', {
      ...login('NO AUTHENTICATE failed.'),
      claims: claimsOf({ exp: 1_700_000_000 }),
    }),
  ],
  owner: 'ece-administrator',
  item: 'C4',
  says: 'ran out at 2023-11-14T22:13:20.000Z',
};
