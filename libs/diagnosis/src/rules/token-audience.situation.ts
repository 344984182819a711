import { claims } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenAudience: Situation = {
  servers: [claims({ aud: 'https://graph.microsoft.com' })],
  owner: 'entra',
  item: 'X2',
  says: 'is for https://graph.microsoft.com',
};
