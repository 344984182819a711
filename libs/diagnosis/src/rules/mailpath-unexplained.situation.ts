import { failing } from '../testing/faults.ts';
import { but, svc } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const mailpathUnexplained: Situation = {
  servers: [
    but(svc(), 'pop3.tls', (result) =>
      failing(result, 'open-mailbox', 'unexpected-reply', {}, 'something new'),
    ),
  ],
  owner: 'unknown',
  item: 'C10',
  says: 'something new',
};
