import { ALL, SERVICES } from '../../site.ts';
import { ECE, entra, everywhere, on } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;

export const OF_IDENTITY: readonly FirstLook[] = [
  look(
    'IMAP is off for the shared account',
    'The switch follows who signs in, not the mailbox that is opened.',
    everywhere({ user: ECE, is: { imapEnabled: false } }),
    {
      on: SERVICES,
      phase: ['open-mailbox', 'authenticate'],
      owner: 'exchange',
      says: ['answer-says: protocol off', 'answer-says: permission'],
      not: 'create-token-again',
    },
  ),
  look(
    'the grant is that of a single-page application',
    '700084: refresh tokens of that platform end after a day, and a new sign-in alone lasts one more.',
    on(
      SERVICES,
      entra(
        700084,
        'invalid_grant',
        'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended.',
      ),
    ),
    { on: SERVICES, ...token, owner: 'entra', says: 'answer-says: registration', not: 'mailpath-at-fault' },
  ),
  look(
    'a client id of another tenant was typed',
    '700016: a well-formed GUID that this tenant does not know.',
    everywhere({ setUp: { clientId: '11111111-2222-4333-8444-555555555555' } }),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: registration', 'answer-says: wrong tenant'],
      not: 'create-token-again',
    },
  ),
];
