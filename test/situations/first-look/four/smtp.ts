import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, SALES, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const far = ['microsoft', 'exchange', 'unknown'] as const;

export const OF_SMTP: readonly FirstLook[] = [
  look(
    'a block list holds the address of svc01',
    'Refused in the greeting, before anybody signs in, from one server: its public address.',
    on(
      ['svc01'],
      says('smtp', 'greeting', '554 5.7.1 Service unavailable; client host blocked using a block list', {
        ends: true,
      }),
    ),
    {
      on: ['svc01'],
      phase: 'greet',
      owner: ['network', 'exchange', 'microsoft'],
      says: [
        'answer-says: policy',
        'answer-says: sender blocked',
        'answer-unknown',
        'answer-says: permission',
      ],
      not: ['tls-intercepted', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'SMTP refuses the login of sales in French',
    '535 5.7.1: subject 7, in words that nobody has listed; IMAP takes the same token.',
    on(
      ALL,
      says('smtp', 'login', '535 5.7.1 Votre compte ne peut pas envoyer par ce service', { name: SALES }),
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: ['exchange', 'entra'],
      says: [
        'answer-says: policy',
        'answer-says: permission',
        'answer-unknown',
        'answer-says: sign-in refused',
      ],
      not: 'create-token-again',
    },
  ),
  look(
    'traffic from the address of the tenant is not accepted',
    '5.7.708: a block of the tenant or of its address.',
    on(
      ALL,
      says(
        'smtp',
        'sender',
        '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. For more information please go to https://aka.ms/antispam-errors',
      ),
    ),
    {
      on: ALL,
      phase: 'send',
      owner: ['exchange', 'microsoft', 'network'],
      says: 'answer-says: sender blocked',
      not: 'grant-send-as',
    },
  ),
  look(
    'the directory has no such recipient',
    '5.4.1 with these words is Exchange’s refusal of a recipient who is not in the directory.',
    on(ALL, says('smtp', 'recipient', '550 5.4.1 Recipient address rejected: Access denied.')),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'ece-administrator'],
      says: 'answer-says: recipient',
      not: 'grant-send-as',
    },
  ),
  look(
    'the content of the message is damaged',
    '5.6.0: subject 6 is the content.',
    on(ALL, says('smtp', 'message', '554 5.6.0 Corrupt message content')),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['mailpath', 'exchange', 'unknown'],
      says: 'answer-says: content',
      not: 'grant-send-as',
    },
  ),
  look(
    'the organization forbids forwarding to others',
    '5.7.520: a policy of the organization.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '550 5.7.520 Access denied, Your organization does not allow external forwarding. Please contact your administrator for further assistance. AS(7555)',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: 'exchange',
      says: ['answer-says: policy', 'answer-says: permission'],
      not: 'grant-send-as',
    },
  ),
  look(
    'the mailbox that sends is over its quota',
    'The exception’s name says it: QuotaExceeded.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message due to a permanent exception',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: 'exchange',
      says: 'answer-says: mailbox full',
      not: 'grant-send-as',
    },
  ),
  look(
    'SMTP has too many connections',
    '421 4.3.2 with a number of connections is a limit and no outage.',
    on(
      ALL,
      says(
        'smtp',
        'sender',
        '421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel',
        {
          ends: true,
        },
      ),
    ),
    {
      on: ALL,
      phase: 'send',
      owner: ['ece-administrator', 'exchange', 'microsoft'],
      says: ['answer-says: throttled', 'answer-says: unavailable'],
      not: 'create-token-again',
    },
  ),
  look(
    'SMTP closes the connection of the application servers at the sender',
    '421 4.4.1 and the end, told to one role.',
    on(APPLICATION, says('smtp', 'sender', '421 4.4.1 Connection timed out', { ends: true })),
    {
      on: APPLICATION,
      phase: 'send',
      owner: ['network', ...far],
      says: 'answer-says: unavailable',
      not: 'grant-send-as',
    },
  ),
];
