import { app, faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveNoAnswer: Situation = {
  servers: [faulty('resolve.no-answer resolver'), app()],
  owner: 'dns',
  item: 'C9',
  says: 'No resolver gave an address',
};
