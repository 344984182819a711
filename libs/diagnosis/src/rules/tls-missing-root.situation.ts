import { imap } from '../testing/fixtures.ts';
import { certificate, tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const INTERMEDIATE = {
  ...certificate('CN=DigiCert Global Root CA, OU=www.digicert.com, O=DigiCert Inc, C=US'),
  subject: 'CN=DigiCert Cloud Services CA-1, O=DigiCert Inc, C=US',
};

export const tlsMissingRoot: Situation = {
  servers: [
    imap('tls', 'untrusted', {
      tls: tlsOf({
        trusted: false,
        distrust: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
        anchor: null,
        chain: [certificate(), INTERMEDIATE],
      }),
    }),
  ],
  owner: 'server-administrator',
  item: 'X6',
  confidence: 'likely',
  says: 'leads to the root CN=DigiCert Global Root CA',
};
