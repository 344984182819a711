import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsCut: Situation = {
  servers: [imap('tls', 'reset')],
  owner: 'network',
  item: 'X6',
  says: 'is cut off',
};
