import { but, svc, withEvidence } from '../testing/fixtures.ts';
import { certificate, tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const CORP = 'CN=Corp Inspection CA, O=Example Ltd';

export const tlsOtherIssuer: Situation = {
  servers: [
    but(svc(), 'imap.tls', withEvidence({ tls: tlsOf({ chain: [certificate(CORP)], anchor: 'machine' }) })),
    svc('svc02'),
  ],
  owner: 'proxy',
  item: 'X6',
  confidence: 'likely',
  says: 'on siblings by CN=DigiCert Cloud Services CA-1',
};
