import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenConsent: Situation = {
  servers: [refresh(65001)],
  owner: 'entra',
  item: 'X2',
  says: 'AADSTS65001',
};
