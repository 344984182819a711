import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { ECE, everywhere, on, SALES, says, SUPPORT } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const POP3 = everywhere({ setUp: { inbound: 'pop3' } });
const APP_ONLY = everywhere({ setUp: { appOnly: true } });
const far = ['microsoft', 'exchange', 'unknown'] as const;
const send = { phase: 'send', not: ['grant-send-as', 'create-token-again'] } as const;

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
    'IMAP does not take the mechanism at app01',
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
    'SMTP says to the application servers that the sign-in did not meet the criteria',
    '5.7.139 from one place: Conditional Access by location.',
    on(
      APPLICATION,
      says(
        'smtp',
        'login',
        '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
      ),
    ),
    {
      on: APPLICATION,
      phase: 'authenticate',
      owner: 'entra',
      says: 'answer-says: policy',
      not: ['create-token-again', 'answer-says: protocol off'],
    },
  ),
  look(
    'SMTP AUTH is off for the mailbox, in Spanish',
    '5.7.139 and the name of the switch.',
    on(
      ALL,
      says(
        'smtp',
        'login',
        '535 5.7.139 Autenticación incorrecta, SmtpClientAuthentication está deshabilitado para el buzón. Visite https://aka.ms/smtp_auth_disabled',
      ),
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: 'exchange',
      says: 'answer-says: protocol off',
      not: 'create-token-again',
    },
  ),
  look(
    'SMTP wants a sign-in although it was made',
    '5.7.57 at MAIL FROM, for all.',
    on(ALL, says('smtp', 'sender', '530 5.7.57 Client not authenticated to send mail.')),
    {
      on: ALL,
      phase: 'send',
      owner: ['exchange', 'mailpath', 'unknown', 'ece-administrator'],
      says: [
        'answer-says: permission',
        'answer-says: protocol off',
        'answer-says: sign-in refused',
        'answer-unknown',
      ],
      not: 'grant-send-as',
    },
  ),
  look(
    'SMTP is not for relaying from svc02',
    '5.7.64 at RCPT: something leads to a connector.',
    on(['svc02'], says('smtp', 'recipient', '550 5.7.64 TenantAttribution; Relay Access Denied')),
    {
      on: ['svc02'],
      ...send,
      owner: ['network', 'ece-administrator', 'exchange', 'dns'],
      says: ['answer-says: permission', 'answer-says: policy', 'not-the-service', 'answer-unknown'],
    },
  ),
  look(
    'the sender may not, in a code that no table has',
    'SendAsDenied by the exception’s name under another detail.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '554 5.2.999 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: 'exchange',
      says: 'answer-says: permission',
      not: 'create-token-again',
    },
  ),
  look(
    'the account has sent to too many today',
    'An exception of quota at the end of DATA.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; the sender exceeded the limit',
      ),
    ),
    { on: SERVICES, ...send, owner: ['exchange', 'ece-administrator'], says: 'answer-says: sending limit' },
  ),
  look(
    'the message loops',
    '5.4.6 (RFC 3463): a routing loop was detected.',
    on(ALL, says('smtp', 'message', '554 5.4.6 Hop count exceeded - possible mail loop')),
    {
      on: SERVICES,
      ...send,
      owner: far,
      says: ['answer-unknown', 'answer-says: recipient', 'answer-says: unavailable', 'answer-says: policy'],
    },
  ),
  look(
    'the next server is congested',
    '4.4.5 (RFC 3463): mail system congestion.',
    on(ALL, says('smtp', 'message', '451 4.4.5 Mail system congestion')),
    { on: SERVICES, ...send, owner: far, says: ['answer-says: unavailable', 'answer-says: throttled'] },
  ),
  look(
    'SMTP needs a conversion that it does not do',
    '5.6.3 (RFC 3463).',
    on(ALL, says('smtp', 'message', '554 5.6.3 Conversion required but not supported')),
    {
      on: SERVICES,
      ...send,
      owner: [...far, 'ece-administrator', 'mailpath'],
      says: ['answer-says: content', 'answer-unknown'],
    },
  ),
  look(
    'SMTP refuses the name that app03 calls itself',
    '501 5.5.4 to EHLO (RFC 5321, section 4.1.4).',
    on(['app03'], says('smtp', 'hello', '501 5.5.4 Invalid domain name')),
    {
      on: ['app03'],
      phase: ['greet', 'starttls'],
      owner: ['mailpath', 'server-administrator', 'network', 'unknown', 'proxy'],
      says: ['answer-says: syntax', 'answer-unknown', 'not-the-service'],
      not: ['answer-says: sign-in refused', 'create-token-again'],
    },
  ),
  look(
    'STARTTLS is not available for svc01',
    '454 4.7.0 (RFC 3207, section 4).',
    on(['svc01'], says('smtp', 'starttls', '454 4.7.0 TLS not available due to temporary reason')),
    {
      on: ['svc01'],
      phase: 'starttls',
      owner: ['network', 'proxy', ...far],
      says: ['answer-says: unavailable', 'capability-removed', 'not-the-service'],
      not: ['answer-says: sign-in refused', 'create-token-again'],
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
