import type { Situation } from '../testing/situation.ts';
import { login, proxy } from '../testing/tls-steps.ts';

export const proxyDenies: Situation = {
  servers: [login('proxy', 'unexpected-reply', proxy(407, 'HTTP/1.1 407 Proxy Authentication Required'))],
  owner: 'proxy',
  item: 'X6',
  confidence: 'certain',
  says: '407 Proxy Authentication Required',
};
