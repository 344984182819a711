import { but, svc, withEvidence } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const httpSentAway: Situation = {
  servers: [
    but(
      svc(),
      'https.exchange',
      withEvidence({ http: { status: 307, location: 'https://gateway.filter.example/auth' } }),
    ),
  ],
  owner: 'proxy',
  item: 'C9',
  says: 'which is not Microsoft’s',
};
