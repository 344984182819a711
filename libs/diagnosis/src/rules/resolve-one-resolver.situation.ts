import { app, everywhere } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const resolveOneResolver: Situation = {
  servers: [
    everywhere({
      dns: {
        ...dnsOf(),
        resolvers: [
          { ...dnsOf().resolvers?.[0], server: '192.0.2.54', a: { status: 'timeout', records: [] } },
          ...(dnsOf().resolvers ?? []),
        ],
      },
    }),
    app(),
  ],
  owner: 'dns',
  item: 'C9',
  says: 'DNS server 192.0.2.54 fails (timeout)',
};
