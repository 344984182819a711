import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenAccount: Situation = {
  servers: [refresh(50034)],
  owner: 'entra',
  item: 'C5',
  says: 'the account sales@example.com',
};
