import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const httpSilent: Situation = {
  servers: [faulty('http.silent login.microsoft.com:443')],
  owner: 'proxy',
  item: 'C9',
  says: 'no HTTP answer comes',
};
