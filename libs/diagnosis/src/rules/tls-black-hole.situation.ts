import { app, faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsBlackHole: Situation = {
  servers: [faulty('tls.black-hole path MTU'), app()],
  owner: 'network',
  item: 'X6',
  says: 'every TLS handshake stalls',
};
