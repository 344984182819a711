import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenRegistration: Situation = {
  servers: [refresh(700016, 'unauthorized_client')],
  owner: 'entra',
  item: 'X3',
  says: 'AADSTS700016',
};
