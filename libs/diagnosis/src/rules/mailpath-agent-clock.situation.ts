import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const mailpathAgentClock: Situation = {
  servers: [svc('svc03')],
  site: {
    ...SITE,
    circumstances: [{ kind: 'agent-clock', server: 'svc03', aheadMs: -720_000, alike: false }],
  },
  names: ['svc03'],
  owner: 'server-administrator',
  item: 'X9',
  says: 'The clock of this server is 12.0 minutes behind, compared with the clock of the API',
};
