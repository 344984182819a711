import { SERVICES } from '../../site.ts';
import { everywhere, on } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_IDENTITY_AND_SILENCE: readonly FirstLook[] = [
  look(
    'the application has no role to fetch',
    'IMAP.AccessAsApp is not among the roles of the token, SMTP.SendAsApp is.',
    everywhere({ setUp: { appOnly: true } }, { application: { roles: ['SMTP.SendAsApp'] } }),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: 'entra',
      says: 'answer-says: consent',
      not: ['other-user', 'create-token-again'],
    },
  ),
  look(
    'nothing comes from svc02',
    'One of the two that fetch is silent; nothing else tells of it.',
    on(['svc02'], { reports: 'nothing' }),
    {
      on: ['svc02'],
      phase: [],
      owner: ['server-administrator', 'unknown'],
      says: 'server-does-not-report',
      not: 'network-down',
    },
  ),
];
