import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenRestricted: Situation = {
  servers: [refresh(500021)],
  owner: 'proxy',
  item: 'X6',
  says: 'tenant restrictions',
};
