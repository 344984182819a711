import { faulty, svc } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenPolicy: Situation = {
  servers: [faulty('token.policy AADSTS53003'), svc('svc02')],
  owner: 'entra',
  item: 'X4',
  confidence: 'likely',
  says: 'AADSTS53003',
};
