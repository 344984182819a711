import { app, but, svc, withEvidence } from '../testing/fixtures.ts';
import { tlsOf } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsOlderVersion: Situation = {
  servers: [
    but(svc(), 'imap.tls', withEvidence({ tls: tlsOf({ version: 'TLSv1.2' }) })),
    svc('svc02'),
    app(),
  ],
  owner: 'proxy',
  item: 'X6',
  says: 'agrees on TLSv1.2 here, on siblings on TLSv1.3',
};
