import { imap } from '../testing/fixtures.ts';
import { certificate, tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const LEGACY = 'CN=Corp Legacy Inspection CA, O=Corp';

export const tlsWeak: Situation = {
  servers: [
    imap('tls', 'untrusted', {
      tls: tlsOf({
        trusted: false,
        distrust: 'UNSPECIFIED',
        anchor: null,
        chain: [
          { ...certificate(LEGACY), signatureAlgorithm: 'sha1WithRSAEncryption', weak: ['sha1-signature'] },
        ],
      }),
    }),
  ],
  owner: 'proxy',
  item: 'X6',
  says: 'its signature is SHA-1',
};
