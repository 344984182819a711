import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenDenied: Situation = {
  servers: [refresh(999_999)],
  owner: 'ece-administrator',
  item: 'C4',
  says: 'AADSTS999999',
};
