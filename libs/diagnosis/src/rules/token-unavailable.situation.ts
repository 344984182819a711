import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenUnavailable: Situation = {
  servers: [
    breaks('token.refresh', 'token', 'unavailable', {
      token: { status: 503, error: 'temporarily_unavailable' },
    }),
  ],
  owner: 'unknown',
  item: 'X7',
  says: 'temporarily_unavailable',
};
