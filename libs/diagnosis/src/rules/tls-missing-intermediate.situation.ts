import { imap } from '../testing/fixtures.ts';
import { tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsMissingIntermediate: Situation = {
  servers: [
    imap('tls', 'untrusted', {
      tls: tlsOf({ trusted: false, distrust: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', anchor: null }),
    }),
  ],
  owner: 'proxy',
  item: 'X6',
  confidence: 'possible',
  says: 'without that of the issuer, CN=DigiCert Cloud Services CA-1',
};
