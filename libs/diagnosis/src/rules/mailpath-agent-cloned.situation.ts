import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const mailpathAgentCloned: Situation = {
  servers: [svc('svc03')],
  site: {
    ...SITE,
    circumstances: [
      {
        kind: 'agent-cloned',
        server: 'svc03',
        machines: [
          { hostName: 'ece-svc03', address: '192.0.2.7' },
          { hostName: 'ece-svc03-copy', address: '192.0.2.41' },
        ],
        settled: false,
      },
    ],
  },
  names: ['svc03'],
  owner: 'server-administrator',
  item: 'X8',
  confidence: 'certain',
  says: "svc03: Two machines have the key of this server's agent: ece-svc03 (192.0.2.7) and ece-svc03-copy (192.0.2.41)",
};
