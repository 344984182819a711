import { breaks, login } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const smtpRefusedAlone: Situation = {
  servers: [breaks('smtp.login', 'authenticate', 'denied', login('535 5.7.3 Authentication unsuccessful'))],
  owner: 'exchange',
  item: 'C6',
  confidence: 'likely',
  says: 'the same sign-in opens the mailbox',
};
