import { app, faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectFamilyDead: Situation = {
  servers: [faulty('connect.family-dead IPv6'), app()],
  owner: 'network',
  item: 'C10',
  says: 'No IPv6 address',
};
