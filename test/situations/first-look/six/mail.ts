import { ALL, SERVICES } from '../../site.ts';
import { ECE, everywhere, on, SALES, says, SUPPORT } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const POP3 = everywhere({ setUp: { inbound: 'pop3' } });
const APP_ONLY = everywhere({ setUp: { appOnly: true } });
const far = ['microsoft', 'exchange', 'unknown'] as const;

export const OF_MAIL: readonly FirstLook[] = [
  look(
    'IMAP throttles support with a time to wait',
    'Suggested Backoff Time, at the opening of the mailbox.',
    on(
      ALL,
      says('imap', 'mailbox', '<t> BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds', {
        name: ECE,
      }),
    ),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: ['ece-administrator', 'exchange', 'microsoft'],
      says: 'answer-says: throttled',
      not: ['answer-says: permission', 'create-token-again'],
    },
  ),
  look(
    'IMAP ends the session of sales because its token ran out',
    'Session invalidated, at the opening.',
    on(
      ALL,
      says('imap', 'mailbox', '* BYE Session invalidated - AccessTokenExpired', { name: SALES, ends: true }),
    ),
    {
      on: SERVICES,
      phase: ['open-mailbox', 'authenticate'],
      owner: ['ece-administrator', 'entra', 'exchange'],
      says: ['answer-says: grant ended', 'answer-says: sign-in refused'],
      not: 'answer-says: permission',
    },
  ),
  look(
    'IMAP does not take the mechanism at svc01',
    'NO Unsupported authentication mechanism, on one path.',
    on(['svc01'], says('imap', 'login', '<t> NO Unsupported authentication mechanism.')),
    {
      on: ['svc01'],
      phase: 'authenticate',
      owner: ['network', 'proxy', 'unknown', 'mailpath'],
      says: ['not-the-service', 'capability-removed', 'answer-unknown', 'answer-says: syntax'],
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP is too full of connections for support',
    'LIMIT (RFC 5530).',
    on(ALL, says('imap', 'login', '<t> NO [LIMIT] Too many simultaneous connections', { name: ECE })),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange', 'microsoft'],
      says: ['answer-says: throttled', 'answer-says: mailbox in use'],
      not: ['create-token-again', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'IMAP says PRIVACYREQUIRED to app and services servers of one house',
    'RFC 5530: the far end holds the session for unprotected, so TLS ends before it.',
    on(['svc01'], says('imap', 'login', '<t> NO [PRIVACYREQUIRED] Connection offers no privacy')),
    {
      on: ['svc01'],
      phase: 'authenticate',
      owner: ['proxy', 'network', 'unknown'],
      says: ['not-the-service', 'answer-unknown', 'answer-says: policy', 'tls-intercepted'],
      not: ['create-token-again', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'the mailbox is on another server, in words of Exchange',
    'An exception’s name that speaks of a move: WrongServerException.',
    on(
      ALL,
      says('imap', 'mailbox', '<t> NO Server error: Microsoft.Exchange.Data.Storage.WrongServerException'),
    ),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: far,
      says: ['answer-says: unavailable', 'answer-unknown', 'answer-says: no mailbox'],
      not: ['create-token-again', 'answer-says: permission'],
    },
  ),
  look(
    'POP3 has a protocol error over a long token',
    'Protocol error 10 in the two-line form.',
    [
      ...POP3,
      ...on(ALL, says('pop3', 'login', '-ERR Protocol error. Connection is closed. 10', { ends: true })),
    ],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['mailpath', 'microsoft', 'exchange', 'entra', 'unknown'],
      says: ['answer-says: syntax', 'answer-unknown'],
      not: ['create-token-again', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'POP3 opens no mailbox of support',
    '-ERR at STAT in words without code.',
    [...POP3, ...on(ALL, says('pop3', 'STAT', '-ERR Logon failure: mailbox not available', { name: ECE }))],
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: far,
      says: [
        'answer-unknown',
        'answer-says: unavailable',
        'answer-says: no mailbox',
        'answer-says: permission',
      ],
      not: 'create-token-again',
    },
  ),
  look(
    'POP3 answers as SMTP does',
    '220 as greeting at port 995: a mapping of ports on a balancer.',
    [
      ...POP3,
      ...on(SERVICES, says('pop3', 'greeting', '220 mail.contoso.example ESMTP Postfix', { ends: true })),
    ],
    {
      on: SERVICES,
      phase: 'greet',
      owner: ['network', 'proxy'],
      says: 'not-the-service',
      not: 'answer-says: unavailable',
    },
  ),
  look(
    'the application’s mailbox does not log on for POP3',
    'An application’s token; POP3 opens nothing.',
    [
      ...POP3,
      ...APP_ONLY,
      ...on(ALL, says('pop3', 'login', '-ERR Authentication failure: unknown user name or bad password.')),
    ],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['exchange', 'entra'],
      says: ['answer-says: permission', 'answer-says: sign-in refused'],
      not: ['other-user', 'create-token-again'],
    },
  ),
  look(
    'support has no licence',
    'The directory says it: the mailbox is not licensed.',
    everywhere({ mailbox: SUPPORT, is: { licensed: false } }),
    {
      on: SERVICES,
      phase: ['open-mailbox', 'authenticate'],
      owner: 'exchange',
      says: ['answer-says: no mailbox', 'answer-says: permission'],
      not: 'create-token-again',
    },
  ),
];
