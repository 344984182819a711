import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveNotFound: Situation = {
  servers: [faulty('resolve.not-found smtp.office365.com')],
  owner: 'dns',
  item: 'C9',
  says: 'smtp.office365.com does not exist',
};
