import { svc } from '../testing/fixtures.ts';
import { passed } from '../testing/results.ts';
import type { Situation } from '../testing/situation.ts';

export const connectOnlyTogether: Situation = {
  servers: [
    {
      ...svc(),
      results: [
        passed('imap', {
          id: '0192f000-0000-7000-8000-00000000beef',
          repeats: '0192f000-0000-7000-8000-00000000dead',
        }),
      ],
    },
  ],
  owner: 'network',
  item: 'C10',
  says: 'passed when it was repeated alone',
};
