import type { Situation } from '../testing/situation.ts';
import { login, proxy } from '../testing/tls-steps.ts';

export const proxyUnreachable: Situation = {
  servers: [login('proxy', 'refused', proxy(null, null))],
  owner: 'proxy',
  item: 'X6',
  says: 'http://proxy:8080 cannot be used',
};
