import { claimsOf } from '../testing/healthy.ts';
import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenGuest: Situation = {
  servers: [
    breaks('imap.mailbox', 'authenticate', 'denied', {
      login: { reply: 'NO AUTHENTICATE failed.' },
      claims: claimsOf({ user: 'sales_fabrikam.example#EXT#@example.onmicrosoft.com' }),
    }),
  ],
  owner: 'ece-administrator',
  item: 'C5',
  says: 'belongs to a guest of the tenant',
};
