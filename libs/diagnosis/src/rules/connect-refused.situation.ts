import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectRefused: Situation = {
  servers: [faulty('connect.refused smtp.office365.com:587')],
  owner: 'network',
  item: 'C10',
  says: 'smtp.office365.com:587 is refused',
};
