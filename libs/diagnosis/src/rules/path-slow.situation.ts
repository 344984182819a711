import { but, svc } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const pathSlow: Situation = {
  servers: [
    but(svc(), 'imap.tls', (result) => ({
      ...result,
      phases: result.phases.map((each) => (each.name === 'tls' ? { ...each, ms: 6_000 } : each)),
    })),
    svc('svc02'),
  ],
  owner: 'network',
  item: 'C10',
  says: 'TLS handshake on outlook.office365.com:993 takes up to 6.0 s, on siblings 0.0 s',
};
