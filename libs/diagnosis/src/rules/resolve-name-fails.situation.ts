import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveNameFails: Situation = {
  servers: [imap('resolve', 'resolver-failed', { dns: { addresses: [], error: 'EAI_FAIL', ms: 4 } })],
  owner: 'dns',
  item: 'C9',
  says: 'and does for other names',
};
