import { svc } from '../testing/fixtures.ts';
import { also } from '../testing/sign-in-steps.ts';
import { failing } from '../testing/faults.ts';
import { signedIn } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const mailboxNoLogOn: Situation = {
  servers: [
    also(
      svc(),
      failing(signedIn('mail.round-trip'), 'send', 'unavailable', {
        submission: { data: '430 4.2.0 STOREDRV; mailbox logon failure; MapiExceptionLogonFailed' },
      }),
    ),
  ],
  owner: 'exchange',
  item: 'C8',
  confidence: 'likely',
  says: 'may not log on to sales@example.com',
};
