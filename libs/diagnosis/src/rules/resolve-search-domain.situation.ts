import { imap } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const NONE = { status: 'nxdomain', state: 'nxdomain', records: [] } as const;

export const resolveSearchDomain: Situation = {
  servers: [
    imap('connect', 'refused', {
      dns: {
        ...dnsOf(['198.51.100.7']),
        resolvers: dnsOf().resolvers?.map((resolver) => ({ ...resolver, a: NONE, aaaa: NONE })),
        searched: [{ name: 'outlook.office365.com.corp.example', records: ['198.51.100.7'] }],
      },
    }),
  ],
  owner: 'dns',
  item: 'C9',
  says: '198.51.100.7, is the address of outlook.office365.com.corp.example',
};
