import { imap } from '../testing/fixtures.ts';
import { untrustedTls } from '../testing/results.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsOtherName: Situation = {
  servers: [imap('tls', 'untrusted', untrustedTls('CN=X', 'ERR_TLS_CERT_ALTNAME_INVALID'))],
  owner: 'network',
  item: 'X6',
  says: 'for another name',
};
