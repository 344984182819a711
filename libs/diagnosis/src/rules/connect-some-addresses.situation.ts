import { but, svc, withEvidence } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

const deadFirst = [
  { address: '52.96.0.10', family: 4, outcome: 'reached', ms: 20 },
  { address: '52.96.0.11', family: 4, outcome: 'timeout', ms: 3000 },
];

export const connectSomeAddresses: Situation = {
  servers: [
    but(svc(), 'imap.tls', (result) => ({
      ...withEvidence({ connect: { attempts: deadFirst, used: '52.96.0.10' } })(result),
      outcome: 'warn',
      reason: '1 of 2',
    })),
  ],
  owner: 'network',
  item: 'C10',
  says: '52.96.0.11 of outlook.office365.com',
};
