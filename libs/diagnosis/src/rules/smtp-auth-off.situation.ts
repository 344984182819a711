import { breaks, login } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const smtpAuthOff: Situation = {
  servers: [
    breaks(
      'smtp.login',
      'authenticate',
      'denied',
      login('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'),
    ),
  ],
  owner: 'exchange',
  item: 'C6',
  confidence: 'certain',
  says: 'switched off for the tenant',
};
