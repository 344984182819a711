import { but, svc, withEvidence } from '../testing/fixtures.ts';
import { certificate, tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const G2 = 'CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US';

export const tlsRootsNeeded: Situation = {
  servers: [
    but(
      svc(),
      'imap.tls',
      withEvidence({
        tls: tlsOf({
          chain: [
            certificate(),
            { ...certificate(G2), subject: 'CN=DigiCert Cloud Services CA-1, O=DigiCert Inc, C=US' },
          ],
        }),
      }),
    ),
  ],
  owner: 'server-administrator',
  item: 'X6',
  confidence: 'certain',
  says: 'CN=DigiCert Global Root G2',
};
