import { but, svc, withEvidence } from '../testing/fixtures.ts';
import { tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

const ROOT = { subject: 'CN=DigiCert Global Root G2, O=DigiCert Inc, C=US', fingerprint256: 'CB:3C' };

export const tlsJavaLacksRoot: Situation = {
  servers: [
    but(
      svc(),
      'imap.tls',
      withEvidence({
        tls: tlsOf({
          trustLists: [
            {
              list: 'mozilla',
              name: 'Mozilla',
              size: 140,
              error: null,
              root: { ...ROOT, match: 'certificate' },
            },
            { list: 'java', name: 'D:\\jre\\cacerts', size: 90, error: null, root: null },
          ],
        }),
      }),
    ),
  ],
  owner: 'server-administrator',
  item: 'X6',
  says: 'does not hold CN=DigiCert Global Root G2',
};
