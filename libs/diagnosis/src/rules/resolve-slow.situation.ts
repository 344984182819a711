import { everywhere, svc } from '../testing/fixtures.ts';
import { dnsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const slow = everywhere({
  dns: { ...dnsOf(), ms: 3_100, resolvers: dnsOf().resolvers?.map((each) => ({ ...each, ms: 3_050 })) },
});

export const resolveSlow: Situation = {
  servers: [
    {
      ...slow,
      results: slow.results.map((result) => ({
        ...result,
        phases: result.phases.map((each) => (each.name === 'resolve' ? { ...each, ms: 3_100 } : each)),
      })),
    },
    svc('svc02'),
  ],
  owner: 'dns',
  item: 'C9',
  says: 'takes 3.1 s, on siblings 0.0 s',
};
