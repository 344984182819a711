import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectTimeout: Situation = {
  servers: [faulty('connect.timeout outlook.office365.com:993')],
  owner: 'network',
  item: 'C10',
  says: 'outlook.office365.com:993 gets no answer',
};
