import { ALL, SERVICES } from '../../site.ts';
import { ECE, everywhere, on, SUPPORT } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const APP_ONLY = { setUp: { appOnly: true } } as const;

export const OF_IDENTITY_AND_SILENCE: readonly FirstLook[] = [
  look(
    'the application has no full access to support',
    'The token is the application’s own; the mailbox does not open (authenticated but not connected).',
    everywhere(APP_ONLY, { mailbox: SUPPORT, is: { fullAccess: [] } }),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: 'exchange',
      says: 'answer-says: permission',
      not: ['other-user', 'create-token-again'],
    },
  ),
  look(
    'the application has no role to send',
    'SMTP.SendAsApp is not among the roles of the token.',
    everywhere(APP_ONLY, { application: { roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp'] } }),
    {
      on: ALL,
      phase: 'authenticate',
      owner: 'entra',
      says: 'answer-says: consent',
      not: 'answer-says: protocol off',
    },
  ),
  look(
    'an administrator signed in where the shared account should have',
    'The token that opens support is of admin@, who may not.',
    everywhere({ setUp: {}, signsInAs: { [ECE]: 'admin@contoso.example' } }),
    {
      on: SERVICES,
      phase: ['token', 'authenticate', 'open-mailbox', 'send'],
      owner: ['ece-administrator', 'exchange'],
      says: ['other-user', 'answer-says: permission'],
    },
  ),
  look(
    'nothing comes from app03',
    'Its agent is down, or its machine is.',
    on(['app03'], { reports: 'nothing' }),
    { on: ['app03'], phase: [], owner: ['server-administrator', 'unknown'], says: 'server-does-not-report' },
  ),
];
