import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const mailpathServerSilent: Situation = {
  servers: [svc('svc03')],
  site: {
    ...SITE,
    circumstances: [
      {
        kind: 'server-silent',
        servers: ['svc03'],
        lastSeenAt: '2026-11-24T02:51:00.000Z',
        connected: false,
        reporting: ['svc01', 'svc02'],
      },
    ],
  },
  names: ['svc03'],
  owner: 'server-administrator',
  item: 'X8',
  says: 'Nothing has come since 2026-11-24 02:51 UTC',
};
