import { ALL, SERVICES } from '../../site.ts';
import { everywhere, on, SALES, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const POP3 = everywhere({ setUp: { inbound: 'pop3' } });
const far = ['microsoft', 'exchange', 'unknown'] as const;

export const OF_MAILBOXES: readonly FirstLook[] = [
  look(
    'IMAP is shutting down for everybody',
    '* BYE as greeting (RFC 9051, section 7.1.5) with UNAVAILABLE (RFC 5530).',
    on(ALL, says('imap', 'greeting', '* BYE [UNAVAILABLE] Server shutting down', { ends: true })),
    {
      on: ALL,
      phase: 'greet',
      owner: ['microsoft', 'unknown'],
      says: 'answer-says: unavailable',
      not: 'port-closed',
    },
  ),
  look(
    'IMAP cannot check anybody',
    'UNAVAILABLE at the login: a part behind it is out (RFC 5530).',
    on(ALL, says('imap', 'login', '<t> NO [UNAVAILABLE] Temporary authentication failure')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: far,
      says: 'answer-says: unavailable',
      not: ['create-token-again', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'IMAP sends sales to the administrator',
    'CONTACTADMIN (RFC 5530).',
    on(ALL, says('imap', 'login', '<t> NO [CONTACTADMIN] Account is suspended', { name: SALES })),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['exchange', 'entra'],
      says: ['answer-says: account', 'answer-unknown', 'answer-says: permission'],
      not: 'create-token-again',
    },
  ),
  look(
    'the mailbox of sales is full when it is opened',
    'OVERQUOTA (RFC 5530).',
    on(ALL, says('imap', 'mailbox', '<t> NO [OVERQUOTA] Mailbox is over quota', { name: SALES })),
    { on: SERVICES, phase: 'open-mailbox', owner: 'exchange', says: 'answer-says: mailbox full' },
  ),
  look(
    'the folder of no mailbox exists',
    'NONEXISTENT (RFC 5530) when the inbox is opened.',
    on(ALL, says('imap', 'mailbox', '<t> NO [NONEXISTENT] Unknown Mailbox: INBOX')),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: 'exchange',
      says: 'answer-says: no mailbox',
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP meets a fault of its own when it opens a mailbox',
    'SERVERBUG (RFC 5530).',
    on(ALL, says('imap', 'mailbox', '<t> NO [SERVERBUG] Internal error occurred')),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: far,
      says: 'answer-says: unavailable',
      not: 'answer-says: permission',
    },
  ),
  look(
    'POP3 wants more time between two logins',
    'LOGIN-DELAY (RFC 2449, section 8.1.1).',
    [
      ...POP3,
      ...on(ALL, says('pop3', 'login', '-ERR [LOGIN-DELAY] minimum time between mail checks violation')),
    ],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange', 'microsoft'],
      says: 'answer-says: throttled',
      not: 'create-token-again',
    },
  ),
  look(
    'POP3 finds the mailbox damaged',
    'SYS/PERM (RFC 3206): no retry helps.',
    [...POP3, ...on(ALL, says('pop3', 'STAT', '-ERR [SYS/PERM] Mailbox is corrupt'))],
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: far,
      says: 'answer-says: unavailable',
      not: ['wait-and-see', 'create-token-again'],
    },
  ),
  look(
    'POP3 blames the credential',
    'AUTH (RFC 3206).',
    [...POP3, ...on(ALL, says('pop3', 'login', '-ERR [AUTH] Invalid login'))],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange', 'entra'],
      says: 'answer-says: sign-in refused',
    },
  ),
];
