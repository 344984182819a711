import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenOtherTenantGrant: Situation = {
  servers: [refresh(7_000_012)],
  owner: 'ece-administrator',
  item: 'X3',
  confidence: 'certain',
  says: 'made in another tenant',
};
