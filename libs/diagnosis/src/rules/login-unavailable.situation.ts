import { svc } from '../testing/fixtures.ts';
import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const loginUnavailable: Situation = {
  servers: [svc(), svc('svc02')].map((server) =>
    breaks(
      'imap.mailbox',
      'open-mailbox',
      'unavailable',
      { mailbox: { reply: 'NO Server Unavailable. 15' } },
      server,
    ),
  ),
  names: ['svc01', 'svc02'],
  owner: 'microsoft',
  item: 'X7',
  says: 'cannot serve sales@example.com now',
};
