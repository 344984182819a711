import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const mailpathApprovalAwaited: Situation = {
  servers: [svc('svc03')],
  site: {
    ...SITE,
    circumstances: [
      {
        kind: 'approval-awaited',
        server: 'svc03',
        hostName: 'ece-svc03.example.com',
        keyFingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrrtKXd4MKDWzCr0r4Uh9WyI',
      },
    ],
  },
  names: ['svc03'],
  owner: 'ece-administrator',
  item: 'X8',
  confidence: 'certain',
  says: 'svc03: This server waits for approval',
};
