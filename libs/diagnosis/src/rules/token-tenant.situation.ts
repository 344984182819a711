import { claims } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenTenant: Situation = {
  servers: [claims({ tid: '9188040d-6c67-4c5b-b112-36a304b66dad' })],
  owner: 'ece-administrator',
  item: 'X3',
  says: '9188040d',
};
