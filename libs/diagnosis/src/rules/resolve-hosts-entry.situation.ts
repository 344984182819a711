import { imap } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveHostsEntry: Situation = {
  servers: [imap('connect', 'timeout', { dns: { ...dnsOf(['52.97.1.1']), addresses: ['52.97.9.9'] } })],
  owner: 'server-administrator',
  item: 'C9',
  says: '52.97.9.9',
};
