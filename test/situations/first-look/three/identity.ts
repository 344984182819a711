import { SERVICES } from '../../site.ts';
import { everywhere, on, SALES } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_IDENTITY_AND_SILENCE: readonly FirstLook[] = [
  look(
    'IMAP is off for sales, and the application signs in',
    'The token is the application’s; the switch of the mailbox’s own user counts.',
    everywhere({ setUp: { appOnly: true } }, { user: SALES, is: { imapEnabled: false } }),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: 'exchange',
      says: ['answer-says: protocol off', 'answer-says: permission'],
      not: ['other-user', 'create-token-again'],
    },
  ),
  look(
    'nothing comes from two servers of one house',
    'svc01 and app01 are silent together.',
    on(['svc01', 'app01'], { reports: 'nothing' }),
    {
      on: ['app01', 'svc01'],
      phase: [],
      owner: ['server-administrator', 'network', 'unknown'],
      says: 'server-does-not-report',
    },
  ),
];
