import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectBroken: Situation = {
  servers: [imap('connect', 'reset')],
  owner: 'network',
  item: 'C10',
  says: 'cannot be established',
};
