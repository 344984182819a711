import { ALL, SERVICES } from '../../site.ts';
import { everywhere, on, says, SUPPORT } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const POP3 = everywhere({ setUp: { inbound: 'pop3' } });

export const OF_MAIL: readonly FirstLook[] = [
  look(
    'IMAP says NOPERM for support',
    'RFC 5530: the rights of the identity do not go so far.',
    on(
      ALL,
      says('imap', 'mailbox', '<t> NO [NOPERM] You have no rights to this mailbox.', { name: SUPPORT }),
    ),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: 'exchange',
      says: 'answer-says: permission',
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP says EXPIRED',
    'RFC 5530: the credentials have run out and somebody has to change them.',
    on(ALL, says('imap', 'login', '<t> NO [EXPIRED] Credentials have expired.')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: grant ended', 'answer-says: account', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'IMAP says UNAVAILABLE',
    'RFC 5530: something behind it is down.',
    on(ALL, says('imap', 'login', '<t> NO [UNAVAILABLE] The authentication backend is not reachable.')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['microsoft', 'unknown'],
      says: 'answer-says: unavailable',
      not: ['create-token-again', 'answer-says: permission'],
    },
  ),
  look(
    'POP3 says AUTH',
    'RFC 3206: the credentials are the trouble, and not the server.',
    [...POP3, ...on(ALL, says('pop3', 'login', '-ERR [AUTH] The credentials were not accepted.'))],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['entra', 'exchange', 'ece-administrator'],
      says: ['answer-says: sign-in refused', 'answer-says: permission', 'answer-says: protocol off'],
      not: 'wait-and-see',
    },
  ),
  look(
    'POP3 says LOGIN-DELAY',
    'RFC 2449: too soon after the last time.',
    [
      ...POP3,
      ...on(ALL, says('pop3', 'login', '-ERR [LOGIN-DELAY] Minimum time between mail checks violation.')),
    ],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange', 'microsoft', 'unknown'],
      says: 'answer-says: throttled',
      not: 'create-token-again',
    },
  ),
  look(
    'SMTP wants another password first',
    '432 4.7.12 (RFC 4954): the account is the trouble, in the class of the moment.',
    on(ALL, says('smtp', 'login', '432 4.7.12 A password transition is needed')),
    {
      on: ALL,
      phase: 'authenticate',
      owner: ['entra', 'ece-administrator', 'exchange'],
      says: ['answer-says: account', 'answer-says: sign-in refused'],
      not: 'wait-and-see',
    },
  ),
  look(
    'the sender is on no list of those who may send to this group',
    '5.7.124: subject 7 is policy, and the right to send as nobody is in question.',
    on(ALL, says('smtp', 'recipient', '550 5.7.124 Sender not in allowed-senders list for the group')),
    {
      on: SERVICES,
      phase: 'send',
      owner: 'exchange',
      says: ['answer-says: permission', 'answer-says: policy'],
      not: 'grant-send-as',
    },
  ),
  look(
    'the sending domain does not show who it is',
    '5.7.515: SPF, DKIM and DMARC of the sender’s domain.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '550 5.7.515 Access denied, sending domain contoso.example does not meet the required authentication level.',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'dns', 'unknown'],
      says: ['answer-says: policy', 'answer-says: content'],
      not: 'grant-send-as',
    },
  ),
  look(
    'the mailbox of the recipient is full',
    '4.2.2: subject 2 is the mailbox.',
    on(ALL, says('smtp', 'recipient', '452 4.2.2 The recipient mailbox is full')),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'ece-administrator'],
      says: 'answer-says: mailbox full',
      not: 'grant-send-as',
    },
  ),
  look(
    'the message is larger than may be',
    '5.3.4: subject 3 is the mail system, detail 4 the size.',
    on(ALL, says('smtp', 'message', '552 5.3.4 Message size exceeds fixed maximum message size')),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'ece-administrator', 'unknown', 'mailpath'],
      says: 'answer-says: content',
      not: 'grant-send-as',
    },
  ),
];
