import { imap } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveUnusualAddress: Situation = {
  servers: [imap('connect', 'timeout', { dns: { ...dnsOf(['10.0.0.5']), unusual: ['10.0.0.5 private'] } })],
  owner: 'dns',
  item: 'C9',
  says: '10.0.0.5 (private)',
};
