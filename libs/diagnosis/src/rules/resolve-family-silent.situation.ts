import { imap } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const SILENT = { status: 'timeout', state: 'no-answer', records: [] } as const;

export const resolveFamilySilent: Situation = {
  servers: [
    imap('resolve', 'timeout', {
      dns: {
        addresses: [],
        error: 'timeout',
        ms: 10_000,
        resolvers: dnsOf(['52.96.0.10']).resolvers?.map((resolver) => ({ ...resolver, aaaa: SILENT })),
      },
    }),
  ],
  owner: 'dns',
  item: 'C9',
  says: 'gives 52.96.0.10 for outlook.office365.com and never answers the question for IPv6',
};
