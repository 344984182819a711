import { app, everywhere, svc } from '../testing/fixtures.ts';
import { connectOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const pathLatency: Situation = {
  servers: [everywhere({ connect: connectOf(610) }), svc('svc02'), app()],
  owner: 'network',
  item: 'C10',
  says: '610 ms here, 20 ms on siblings',
};
