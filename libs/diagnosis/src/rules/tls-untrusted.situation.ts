import { faulty, svc } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsUntrusted: Situation = {
  servers: [faulty('tls.untrusted CN=Corp Proxy CA'), svc('svc02')],
  owner: 'proxy',
  item: 'X6',
  says: 'issuer CN=Corp Proxy CA',
};
