import { imap } from '../testing/fixtures.ts';
import { untrustedTls } from '../testing/results.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsExpired: Situation = {
  servers: [imap('tls', 'untrusted', untrustedTls('CN=X', 'CERT_HAS_EXPIRED'))],
  owner: 'proxy',
  item: 'X6',
  says: 'out of its dates (issuer CN=X)',
};
