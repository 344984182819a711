import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const starttlsMissing: Situation = {
  servers: [faulty('starttls.missing smtp.office365.com:587')],
  owner: 'network',
  item: 'X6',
  says: 'STARTTLS cannot be used',
};
