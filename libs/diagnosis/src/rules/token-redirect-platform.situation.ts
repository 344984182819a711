import { answer, breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenRedirectPlatform: Situation = {
  servers: [breaks('token.refresh', 'token', 'denied', answer(9_002_325, 'invalid_request'))],
  owner: 'entra',
  item: 'C3',
  confidence: 'certain',
  says: 'registered under the wrong platform',
};
