import { ALL, SERVICES } from '../../site.ts';
import { everywhere, on, SALES, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_MAIL: readonly FirstLook[] = [
  look(
    'IMAP refuses the services servers in German',
    'Basic authentication is said to be off, in words of no list.',
    on(SERVICES, says('imap', 'login', '<t> NO Die Standardauthentifizierung ist deaktiviert.')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['exchange', 'ece-administrator', 'entra', 'unknown'],
      says: [
        'answer-says: basic authentication ended',
        'answer-says: protocol off',
        'answer-says: sign-in refused',
        'answer-unknown',
      ],
      not: ['grant-send-as', 'wait-and-see', 'answer-says: mailbox full'],
    },
  ),
  look(
    'SMTP AUTH is off in the tenant, and SMTP says so in French',
    'The code and the address of Microsoft’s page are the same in every language.',
    on(
      ALL,
      says(
        'smtp',
        'login',
        '535 5.7.139 Échec de l’authentification, SmtpClientAuthentication est désactivé pour le locataire. Visitez https://aka.ms/smtp_auth_disabled pour plus d’informations.',
      ),
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: 'exchange',
      says: 'answer-says: protocol off',
      not: ['create-token-again', 'grant-send-as', 'answer-says: basic authentication ended'],
    },
  ),
  look(
    'the mailbox of sales is not there, says IMAP in Spanish',
    'The response code of RFC 5530 needs no language.',
    on(SERVICES, says('imap', 'mailbox', '<t> NO [NONEXISTENT] El buzón no existe.', { name: SALES })),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: 'exchange',
      says: 'answer-says: no mailbox',
      not: ['wait-and-see', 'create-token-again', 'answer-says: protocol off'],
    },
  ),
  look(
    'POP3 has a moment of its own, and says so in French',
    'SYS/TEMP of RFC 3206: not the credentials.',
    [
      ...everywhere({ setUp: { inbound: 'pop3' } }),
      ...on(SERVICES, says('pop3', 'login', '-ERR [SYS/TEMP] Le serveur est occupé, réessayez plus tard.')),
    ],
    {
      on: SERVICES,
      phase: ['authenticate', 'open-mailbox'],
      owner: ['microsoft', 'exchange', 'unknown'],
      says: ['answer-says: unavailable', 'answer-says: throttled'],
      not: ['answer-says: sign-in refused', 'create-token-again', 'answer-says: protocol off'],
    },
  ),
  look(
    'SMTP turns app03 away at the door, for its public address',
    'RFC 5321: 554 in place of a greeting; the others are greeted.',
    on(
      ['app03'],
      says(
        'smtp',
        'greeting',
        '554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using Blocklist 1; see https://sender.office.com',
        { ends: true },
      ),
    ),
    {
      on: ['app03'],
      phase: 'greet',
      owner: ['network', 'microsoft', 'exchange', 'ece-administrator', 'unknown'],
      says: ['answer-says: sender blocked', 'answer-says: policy', 'answer-unknown', 'not-the-service'],
      not: ['answer-says: sign-in refused', 'answer-says: protocol off', 'wait-and-see', 'grant-send-as'],
    },
  ),
  look(
    'what SMTP offers svc01 holds no sign-in at all',
    'STARTTLS is there, and AUTH is missing behind it.',
    on(
      ['svc01'],
      says('smtp', 'hello', ['250-SMTP.contoso.example Hello', '250-SIZE 10485760', '250 STARTTLS']),
    ),
    {
      on: ['svc01'],
      phase: ['starttls', 'authenticate', 'greet'],
      owner: ['proxy', 'network'],
      says: ['capability-removed', 'not-the-service'],
      not: ['answer-says: sign-in refused', 'answer-says: protocol off', 'create-token-again'],
    },
  ),
  look(
    'the public address of svc02 is slowed down at MAIL FROM',
    '451 4.7.650: by the reputation of an address; svc01 goes out by another one.',
    on(
      ['svc02'],
      says(
        'smtp',
        'sender',
        '451 4.7.650 The mail server [203.0.113.5] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://aka.ms/postmaster',
      ),
    ),
    {
      on: ['svc02'],
      phase: 'send',
      owner: ['network', 'exchange', 'microsoft', 'ece-administrator', 'unknown'],
      says: ['answer-says: throttled', 'answer-says: sender blocked'],
      not: ['grant-send-as', 'answer-says: sign-in refused', 'create-token-again'],
    },
  ),
  look(
    'support is being moved while it should send',
    'STOREDRV with the name of an exception that no list has; the mailbox is between two servers.',
    on(
      SERVICES,
      says(
        'smtp',
        'message',
        '432 4.2.0 STOREDRV.Submission.Exception:MailboxInTransitException; Failed to process message due to a transient exception with message Mailbox is in transit.',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'microsoft', 'unknown'],
      says: ['answer-says: no mailbox', 'answer-says: unavailable', 'answer-unknown'],
      not: ['grant-send-as', 'answer-says: sending limit', 'answer-says: mailbox full', 'create-token-again'],
    },
  ),
];
