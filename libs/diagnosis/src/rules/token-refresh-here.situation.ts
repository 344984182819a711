import { app } from '../testing/fixtures.ts';
import { refresh } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenRefreshHere: Situation = {
  servers: [refresh(50001_9), app()],
  owner: 'entra',
  item: 'C4',
  says: 'is made elsewhere, but cannot be refreshed here',
};
