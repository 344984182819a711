import { imap } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveSystemFails: Situation = {
  servers: [
    imap('resolve', 'resolver-failed', {
      dns: { addresses: [], error: 'EAI_FAIL', ms: 4, resolvers: dnsOf(['52.96.0.10']).resolvers },
    }),
  ],
  owner: 'server-administrator',
  item: 'C9',
  says: 'own look-up of outlook.office365.com fails, though 192.0.2.53 gives 52.96.0.10',
};
