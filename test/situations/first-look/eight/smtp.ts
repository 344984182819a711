import { ALL, SERVICES } from '../../site.ts';
import { on, SALES, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const send = { phase: 'send' } as const;

export const OF_SMTP: readonly FirstLook[] = [
  look(
    'submission greets with too many connections',
    'The greeting itself is a 421: the front end counts the connections of the egress address.',
    on(
      ALL,
      says(
        'smtp',
        'greeting',
        '421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel',
        { ends: true },
      ),
    ),
    {
      on: ALL,
      phase: 'greet',
      owner: ['exchange', 'microsoft', 'ece-administrator', 'network'],
      says: 'answer-says: throttled',
    },
  ),
  look(
    'submission is being drained at a front end',
    'System not accepting network messages: a server in maintenance.',
    on(ALL, says('smtp', 'greeting', '421 4.3.2 System not accepting network messages', { ends: true })),
    { on: ALL, phase: 'greet', owner: 'microsoft', says: 'answer-says: unavailable' },
  ),
  look(
    'TLS is not to be had at the moment',
    'RFC 3207: 454 after STARTTLS, for everybody.',
    on(ALL, says('smtp', 'starttls', '454 4.7.0 TLS not available due to temporary reason')),
    { on: ALL, phase: 'starttls', owner: 'microsoft', says: 'answer-says: unavailable' },
  ),
  look(
    'the egress address is on Microsoft’s block list',
    '5.7.606: a list of addresses, with a portal to be taken off it; no account is at fault.',
    on(
      ALL,
      says(
        'smtp',
        'sender',
        '550 5.7.606 Access denied, banned sending IP [203.0.113.4]. To request removal from this list please visit https://sender.office.com/ and follow the directions.',
      ),
    ),
    {
      on: ALL,
      ...send,
      owner: ['exchange', 'network', 'microsoft'],
      says: 'answer-says: sender blocked',
      not: ['grant-send-as', 'create-token-again'],
    },
  ),
  look(
    'the sender address is not registered with the tenant',
    '5.7.750: a domain that is no accepted domain of the tenant was sent from too often.',
    on(
      ALL,
      says(
        'smtp',
        'sender',
        '550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.',
      ),
    ),
    {
      on: ALL,
      ...send,
      owner: ['exchange', 'microsoft'],
      says: 'answer-says: sender blocked',
      not: 'grant-send-as',
    },
  ),
  look(
    'the back end is short of disk space',
    'Back pressure of Exchange: 452 4.3.1.',
    on(ALL, says('smtp', 'sender', '452 4.3.1 Insufficient system resources (UsedDiskSpace[C:\\])')),
    { on: ALL, ...send, owner: 'microsoft', says: 'answer-says: unavailable', not: 'grant-send-as' },
  ),
  look(
    'the recipient of the round trip is blocked at the edge',
    'Directory-based edge blocking: the recipient is not in the directory.',
    on(
      SERVICES,
      says('smtp', 'recipient', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'),
    ),
    {
      on: SERVICES,
      ...send,
      owner: ['exchange', 'ece-administrator'],
      says: 'answer-says: recipient',
      not: 'grant-send-as',
    },
  ),
  look(
    'the message is larger than the tenant allows',
    '552 5.3.4 at the end of DATA.',
    on(SERVICES, says('smtp', 'message', '552 5.3.4 Message size exceeds fixed maximum message size')),
    {
      on: SERVICES,
      ...send,
      owner: ['exchange', 'ece-administrator', 'mailpath'],
      says: 'answer-says: content',
    },
  ),
  look(
    'a transport rule turns the message away in the words of an administrator',
    '550 5.7.1 TRANSPORT.RULES.RejectMessage: the tenant’s own rule.',
    on(
      SERVICES,
      says(
        'smtp',
        'message',
        '550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy',
      ),
    ),
    {
      on: SERVICES,
      ...send,
      owner: 'exchange',
      says: ['answer-says: policy', 'answer-says: content'],
      not: ['create-token-again', 'grant-send-as'],
    },
  ),
  look(
    'submission says in French that a password is no longer accepted',
    '5.7.139 in another language, for one user.',
    on(
      ALL,
      says(
        'smtp',
        'login',
        "535 5.7.139 L'authentification a échoué, l'authentification de base est désactivée.",
        { name: SALES },
      ),
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange'],
      says: 'answer-says: basic authentication ended',
    },
  ),
  look(
    'submission offers everybody LOGIN alone after TLS',
    'XOAUTH2 was taken out of what is offered, by a gateway that knows passwords only.',
    on(
      ALL,
      says('smtp', 'hello', [
        '250-smtp.office365.com Hello [203.0.113.7]',
        '250-SIZE 157286400',
        '250-STARTTLS',
        '250-AUTH LOGIN',
        '250 8BITMIME',
      ]),
    ),
    {
      on: ALL,
      phase: ['greet', 'authenticate', 'starttls'],
      owner: ['network', 'proxy'],
      says: ['capability-removed', 'not-the-service'],
    },
  ),
  look(
    'the account sales sends in the wrong order, says a gateway',
    '503 after AUTH: a device on the way lost the state of the session at STARTTLS; the others sign in well.',
    on(['app01'], says('smtp', 'login', '503 5.5.1 Bad sequence of commands')),
    {
      on: ['app01'],
      phase: 'authenticate',
      owner: ['network', 'proxy', 'mailpath'],
      says: ['answer-says: syntax', 'not-the-service'],
      not: 'create-token-again',
    },
  ),
  look(
    'a sending address has gone over its recipients of the day',
    '5.1.90, the limit of recipients.',
    on(
      SERVICES,
      says(
        'smtp',
        'recipient',
        "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
      ),
    ),
    {
      on: SERVICES,
      ...send,
      owner: ['exchange', 'ece-administrator'],
      says: 'answer-says: sending limit',
      not: 'grant-send-as',
    },
  ),
];
