import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveNameFails: Situation = {
  servers: [imap('resolve', 'resolver-failed')],
  owner: 'dns',
  item: 'C9',
  says: 'and does for other names',
};
