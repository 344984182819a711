import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenRedirect: Situation = {
  servers: [refresh(50011, 'invalid_request')],
  owner: 'entra',
  item: 'C3',
  says: 'AADSTS50011',
};
