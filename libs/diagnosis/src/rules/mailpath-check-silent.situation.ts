import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const mailpathCheckSilent: Situation = {
  servers: [svc('svc03')],
  site: {
    ...SITE,
    circumstances: [{ kind: 'check-silent', server: 'svc03', checks: ['imap.tls (imap)'] }],
  },
  names: ['svc03'],
  owner: 'mailpath',
  item: 'X9',
  confidence: 'certain',
  says: 'svc03: imap.tls (imap) does not run, while other checks of this server do',
};
