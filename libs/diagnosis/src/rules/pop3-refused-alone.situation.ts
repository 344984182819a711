import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { signedIn, SITE } from '../testing/healthy.ts';
import { also, login } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const pop3RefusedAlone: Situation = {
  site: { ...SITE, inbound: 'pop3' },
  servers: [
    also(
      svc(),
      failing(
        signedIn('pop3.mailbox'),
        'authenticate',
        'denied',
        login('-ERR Authentication failure: unknown user name or bad password.'),
      ),
    ),
  ],
  owner: 'exchange',
  item: 'C6',
  says: 'SMTP accepts the same token',
};
