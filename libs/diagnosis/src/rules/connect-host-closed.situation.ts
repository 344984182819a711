import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectHostClosed: Situation = {
  servers: [faulty('connect.host-closed outlook.office365.com')],
  owner: 'network',
  item: 'C10',
  says: 'outlook.office365.com finds no route on every port',
};
