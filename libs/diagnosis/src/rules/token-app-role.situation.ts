import { application } from '../testing/application.ts';
import { svc } from '../testing/fixtures.ts';
import { breaks, login } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenAppRole: Situation = {
  servers: [
    breaks(
      'smtp.login',
      'authenticate',
      'denied',
      login('535 5.7.3 Authentication unsuccessful'),
      application(svc(), { roles: ['IMAP.AccessAsApp'] }),
    ),
  ],
  owner: 'entra',
  item: 'X2',
  confidence: 'likely',
  says: 'lacks SMTP.SendAsApp',
};
