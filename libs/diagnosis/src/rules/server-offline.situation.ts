import { app, faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const serverOffline: Situation = {
  servers: [faulty('server.offline network'), app()],
  owner: 'network',
  item: 'C9',
  says: 'Nothing of Microsoft 365 can be reached',
};
