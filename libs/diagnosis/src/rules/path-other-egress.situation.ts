import { app, but, svc, withEvidence } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const pathOtherEgress: Situation = {
  servers: [
    but(svc(), 'smtp.submission', withEvidence({ smtp: { helloAddress: '198.51.100.9' } })),
    svc('svc02'),
    app(),
  ],
  owner: 'network',
  item: 'X4',
  says: 'sees this server as 198.51.100.9',
};
