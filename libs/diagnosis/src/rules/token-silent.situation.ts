import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenSilent: Situation = {
  servers: [breaks('token.refresh', 'token', 'timeout')],
  owner: 'proxy',
  item: 'X6',
  says: 'the token request gets no answer',
};
