import { application } from '../testing/application.ts';
import { svc } from '../testing/fixtures.ts';
import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const loginServicePrincipal: Situation = {
  servers: [
    breaks(
      'imap.mailbox',
      'open-mailbox',
      'denied',
      { mailbox: { opened: false, reply: '6 BAD User is authenticated but not connected.' } },
      application(svc()),
    ),
  ],
  owner: 'exchange',
  item: 'C8',
  confidence: 'likely',
  says: 'IMAP knows the application',
};
