import { ALL, SERVICES } from '../../site.ts';
import { ECE, entra, everywhere, on, SALES, SUPPORT } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;
const appOnly = { setUp: { appOnly: true } } as const;

export const OF_IDENTITY: readonly FirstLook[] = [
  look(
    'the administrator of ECE signed in as sales for the shared account',
    'The browser was signed in as sales: the token of ece is of sales.',
    everywhere({ setUp: {}, signsInAs: { [ECE]: SALES } }),
    {
      on: SERVICES,
      phase: ['token', 'authenticate', 'open-mailbox', 'send'],
      owner: 'ece-administrator',
      says: 'other-user',
    },
  ),
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
    'the application has no role to fetch',
    'App-only, with SMTP.SendAsApp alone.',
    everywhere(appOnly, { application: { roles: ['SMTP.SendAsApp'] } }),
    {
      on: SERVICES,
      phase: ['authenticate', 'token', 'open-mailbox'],
      owner: 'entra',
      says: ['answer-says: consent', 'answer-says: permission'],
      not: 'create-token-again',
    },
  ),
  look(
    'the application was not added to the mailbox support',
    'App-only: Add-MailboxPermission was forgotten for one mailbox.',
    everywhere(appOnly, { mailbox: SUPPORT, is: { fullAccess: [] } }),
    {
      on: SERVICES,
      phase: ['open-mailbox', 'authenticate'],
      owner: 'exchange',
      says: 'answer-says: permission',
      not: 'create-token-again',
    },
  ),
  look(
    'the redirect URI is registered for a single-page application',
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
  look(
    'the account of support is missing a licence',
    'A licence was taken away and its mailbox is gone with it; the shared account is well.',
    everywhere({ mailbox: SUPPORT, is: { licensed: false } }),
    {
      on: SERVICES,
      phase: ['open-mailbox', 'authenticate', 'send'],
      owner: 'exchange',
      says: ['answer-says: no mailbox', 'answer-says: permission'],
      not: 'create-token-again',
    },
  ),
];
