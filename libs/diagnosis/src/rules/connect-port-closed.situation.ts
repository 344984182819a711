import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectPortClosed: Situation = {
  servers: [faulty('connect.port-closed 443')],
  owner: 'network',
  item: 'C10',
  says: 'TCP port 443 gets no answer, whatever the host',
};
