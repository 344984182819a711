import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveNoName: Situation = {
  servers: [
    {
      ...svc(),
      results: svc().results.map((result) =>
        failing(result, 'resolve', 'not-found', { dns: { addresses: [], error: 'ENOTFOUND', ms: 2 } }),
      ),
    },
  ],
  owner: 'dns',
  item: 'C9',
  says: 'No name exists',
};
