import { app, but, everywhere, svc, withEvidence } from '../testing/fixtures.ts';
import { connectOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const pathOtherRegion: Situation = {
  servers: [
    but(
      everywhere({ connect: connectOf(95) }),
      'imap.tls',
      withEvidence({ imap: { frontEnd: 'SN6PR01CA0001.PROD.EXCHANGELABS.COM' } }),
    ),
    svc('svc02'),
    app(),
  ].map((server, index) =>
    index > 0
      ? server
      : { ...server, results: server.results.filter(({ check }) => check !== 'smtp.submission') },
  ),
  owner: 'network',
  item: 'C9',
  says: 'another region answer: SN, on siblings AM',
};
