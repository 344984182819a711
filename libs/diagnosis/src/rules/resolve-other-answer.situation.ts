import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import { passed } from '../testing/results.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveOtherAnswer: Situation = {
  servers: [
    {
      ...svc(),
      results: [failing(passed('imap'), 'connect', 'timeout', { dns: dnsOf(['52.97.9.9'], '192.0.2.66') })],
    },
    svc('svc02'),
  ],
  owner: 'dns',
  item: 'C9',
  says: 'leads to 52.97.9.9 here',
};
