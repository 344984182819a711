import { app, but, svc, withEvidence } from '../testing/fixtures.ts';
import { certificate, tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsExpiresSoon: Situation = {
  servers: [
    but(
      svc(),
      'imap.tls',
      withEvidence({ tls: tlsOf({ chain: [{ ...certificate(), validTo: '2026-11-30T00:00:00.000Z' }] }) }),
    ),
    app(),
  ],
  owner: 'proxy',
  item: 'X6',
  says: 'runs out on 2026-11-30 ',
};
