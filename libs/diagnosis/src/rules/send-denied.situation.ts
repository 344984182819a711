import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { signedIn } from '../testing/healthy.ts';
import { also } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const sendDenied: Situation = {
  servers: [
    also(
      svc(),
      failing(signedIn('mail.round-trip'), 'send', 'denied', {
        submission: { from: 'sales@example.com', data: '554 5.2.252 SendAsDenied' },
      }),
    ),
  ],
  owner: 'exchange',
  item: 'C8',
  says: '554 5.2.252 SendAsDenied',
};
