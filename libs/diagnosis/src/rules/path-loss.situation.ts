import { svc } from '../testing/fixtures.ts';
import { withHistory } from '../testing/past.ts';
import type { Situation } from '../testing/situation.ts';

export const pathLoss: Situation = {
  servers: [
    withHistory(svc(), [
      { 'imap.tls': ['tls', 'timeout'] },
      { 'https.sign-in': ['resolve', 'timeout'], 'pop3.tls': ['connect', 'timeout'] },
      {},
      { 'smtp.submission': ['greet', 'timeout'] },
    ]),
  ],
  owner: 'network',
  item: 'C10',
  says: 'Packets are lost',
};
