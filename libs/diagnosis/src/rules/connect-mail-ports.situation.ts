import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectMailPorts: Situation = {
  servers: [faulty('connect.mail-ports mail ports')],
  owner: 'network',
  item: 'C10',
  says: 'Only port 443 is open',
};
