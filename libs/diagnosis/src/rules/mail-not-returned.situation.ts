import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { signedIn } from '../testing/healthy.ts';
import { also } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const mailNotReturned: Situation = {
  servers: [also(svc(), failing(signedIn('mail.round-trip'), 'receive', 'timeout'))],
  owner: 'exchange',
  item: 'X7',
  says: 'was not found again',
};
