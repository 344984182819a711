import { app, faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const clockWrong: Situation = {
  servers: [faulty('clock.wrong clock'), app()],
  owner: 'server-administrator',
  item: 'X9',
  says: 'svc01 is 6.7 minutes behind',
};
