import { ALL, SERVICES } from '../../site.ts';
import { ECE, everywhere, on, SALES, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const open = { phase: 'open-mailbox' } as const;
const pop3 = everywhere({ setUp: { inbound: 'pop3' } });

export const OF_FETCHING: readonly FirstLook[] = [
  look(
    'IMAP greets everybody with a farewell',
    'RFC 3501: BYE in place of the greeting; the front ends are restarted.',
    on(ALL, says('imap', 'greeting', '* BYE Service is shutting down', { ends: true })),
    { on: ALL, phase: 'greet', owner: 'microsoft', says: 'answer-says: unavailable' },
  ),
  look(
    'an IMAP proxy greets svc01 as signed in already',
    'PREAUTH: no Exchange Online does that; a gateway of the company answers.',
    on(['svc01'], says('imap', 'greeting', '* PREAUTH IMAP4rev1 gateway ready, welcome mailproxy')),
    { on: ['svc01'], phase: ['greet', 'authenticate'], owner: ['network', 'proxy'], says: 'not-the-service' },
  ),
  look(
    'IMAP says that the user may not act for the mailbox',
    'RFC 5530 [AUTHORIZATIONFAILED], for the shared account.',
    on(
      SERVICES,
      says('imap', 'login', '<t> NO [AUTHORIZATIONFAILED] not allowed for this identity', { name: ECE }),
    ),
    {
      on: SERVICES,
      phase: ['authenticate', 'open-mailbox'],
      owner: 'exchange',
      says: ['answer-says: permission'],
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP has hit a fault of its own at the mailbox sales',
    'RFC 5530 [SERVERBUG] when the mailbox is opened.',
    on(
      SERVICES,
      says('imap', 'EXAMINE', '<t> NO [SERVERBUG] Internal error occurred. Refer to log.', { name: SALES }),
    ),
    {
      on: SERVICES,
      ...open,
      owner: 'microsoft',
      says: 'answer-says: unavailable',
      not: ['create-token-again', 'grant-send-as'],
    },
  ),
  look(
    'the mailbox sales is damaged',
    'RFC 5530 [CORRUPTION].',
    on(SERVICES, says('imap', 'EXAMINE', '<t> NO [CORRUPTION] Cannot open mailbox', { name: SALES })),
    {
      on: SERVICES,
      ...open,
      owner: ['exchange', 'microsoft'],
      says: 'answer-says: unavailable',
      not: 'create-token-again',
    },
  ),
  look(
    'the mailbox sales is being moved',
    'A migration between databases: the store cannot be opened for a while.',
    on(
      SERVICES,
      says(
        'imap',
        'EXAMINE',
        '<t> NO [UNAVAILABLE] MapiExceptionMailboxInTransit: the mailbox is being moved',
        { name: SALES },
      ),
    ),
    {
      on: SERVICES,
      ...open,
      owner: ['microsoft', 'exchange'],
      says: ['answer-says: unavailable', 'answer-says: no mailbox'],
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP offers no login at all to the services servers',
    'LOGINDISABLED and no mechanism: a gateway in between.',
    on(
      SERVICES,
      says('imap', 'capability', ['* CAPABILITY IMAP4rev1 LOGINDISABLED', '<t> OK CAPABILITY completed.']),
    ),
    {
      on: SERVICES,
      phase: ['greet', 'authenticate'],
      owner: ['network', 'proxy'],
      says: ['capability-removed', 'not-the-service'],
    },
  ),
  look(
    'POP3 says that mail is fetched too often',
    'RFC 2449 [LOGIN-DELAY].',
    [
      ...pop3,
      ...on(SERVICES, says('pop3', 'login', '-ERR [LOGIN-DELAY] minimum time between mail checks violation')),
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
    'POP3 cannot open sales for the moment',
    'RFC 3206 [SYS/TEMP].',
    [
      ...pop3,
      ...on(
        SERVICES,
        says('pop3', 'STAT', '-ERR [SYS/TEMP] Mailbox is temporarily unavailable', { name: SALES }),
      ),
    ],
    {
      on: SERVICES,
      ...open,
      owner: ['microsoft'],
      says: 'answer-says: unavailable',
      not: 'create-token-again',
    },
  ),
  look(
    'POP3 wants a new sign-in of sales',
    'RFC 3206 [AUTH]: the credential is the fault, whatever the text says.',
    [
      ...pop3,
      ...on(SERVICES, says('pop3', 'login', '-ERR [AUTH] sign-in was not accepted', { name: SALES })),
    ],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['entra', 'exchange', 'ece-administrator'],
      says: 'answer-says: sign-in refused',
    },
  ),
];
