import { ALL, SERVICES } from '../../site.ts';
import { ECE, everywhere, SALES, SUPPORT } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_IDENTITY: readonly FirstLook[] = [
  look(
    'for the shared account somebody signed in as sales',
    'The token is of sales, who has no right to support; sales itself works.',
    everywhere({ setUp: {}, signsInAs: { [ECE]: SALES } }),
    {
      on: SERVICES,
      phase: ['token', 'authenticate', 'open-mailbox'],
      owner: ['ece-administrator', 'exchange'],
      says: ['other-user', 'answer-says: permission'],
      not: ['answer-says: client secret', 'answer-says: protocol off', 'mailpath-at-fault'],
    },
  ),
  look(
    'POP3 is off for the shared account, and its token serves to send',
    'POP3 has one answer for both; SMTP shows that the token is good.',
    everywhere({ setUp: { inbound: 'pop3' } }, { user: ECE, is: { popEnabled: false } }),
    {
      on: SERVICES,
      phase: ['authenticate', 'open-mailbox'],
      owner: 'exchange',
      says: ['answer-says: protocol off', 'answer-says: permission'],
      not: ['answer-says: client secret', 'grant-send-as', 'answer-says: grant ended'],
    },
  ),
  look(
    'the application itself may fetch by IMAP and send, at a site that fetches by POP3',
    'POP.AccessAsApp is in no token.',
    everywhere(
      { setUp: { inbound: 'pop3', appOnly: true } },
      { application: { roles: ['IMAP.AccessAsApp', 'SMTP.SendAsApp'] } },
    ),
    {
      on: SERVICES,
      phase: ['token', 'authenticate', 'open-mailbox'],
      owner: ['entra', 'exchange'],
      says: 'answer-says: consent',
      not: ['other-user', 'create-token-again', 'answer-says: client secret'],
    },
  ),
  look(
    'the application has no right at all to support, and all to sales',
    'Neither full access nor Send As for the service principal.',
    everywhere({ setUp: { appOnly: true } }, { mailbox: SUPPORT, is: { fullAccess: [], sendAs: [] } }),
    {
      on: SERVICES,
      phase: ['authenticate', 'open-mailbox', 'send'],
      owner: 'exchange',
      says: 'answer-says: permission',
      not: ['other-user', 'create-token-again', 'answer-says: consent'],
    },
  ),
  look(
    'SMTP AUTH is off for both accounts by hand, and on in the tenant',
    'Each account has the switch set; IMAP shows that the tokens are good.',
    everywhere(
      { user: SALES, is: { smtpAuthDisabled: true } },
      { user: ECE, is: { smtpAuthDisabled: true } },
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: 'exchange',
      says: 'answer-says: protocol off',
      not: ['grant-send-as', 'create-token-again', 'answer-says: grant ended'],
    },
  ),
];
